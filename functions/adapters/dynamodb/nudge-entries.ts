import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Nudge } from '#domain/model/nudge.ts';
import { putEntry } from './record.ts';

/** What became of a nudge, as it stands on record: who has the number is no part of it. */
export type NudgeSaid = Readonly<{
  type: 'nudge-sent' | 'nudge-not-sent' | 'nudge-held';
  at: Instant;
  reason: string | null;
  /** Of one that is held. */
  untilAt?: Instant;
}>;

/**
 * Puts on record what became of a nudge, each once, whoever works it off: under the instant at
 * which the nudge was put, for a second try has another of its own.
 */
export const putNudgeEntry = (client: DynamoDBClient, recordTable: string) => {
  const put = putEntry(client, recordTable);
  return async (agencyId: AgencyId, nudge: Nudge, said: NudgeSaid): Promise<void> => {
    const { nudgeId, wearerId, createdAt } = nudge;
    const { type, at: saidAt, ...told } = said;
    await put({
      ...{ wearer: { agencyId, wearerId }, type, name: `NOTIFY#${nudgeId}#${type}` },
      at: instant(createdAt),
      body: { nudgeId, wearerId, nudge: nudge.reason, ...told, saidAt },
    });
  };
};
export type PutNudgeEntry = ReturnType<typeof putNudgeEntry>;
