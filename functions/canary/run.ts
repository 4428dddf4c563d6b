import * as z from 'zod';
import {
  begun,
  type Canary,
  cameBack,
  canaryFindings,
  isRoundDue,
  judged,
  REST,
  uploaded,
} from '#domain/audit/canary.ts';
import { type AgencyId, type AlertId, alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, instantSchema, secondsBetween } from '#domain/model/instant.ts';
import { CANARY } from '#domain/model/test-wearer.ts';
import type { ChangeAlert } from '../adapters/change-alert.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { ChangeKept } from '../adapters/dynamodb/kept-item.ts';
import type { KeepVigil } from '../adapters/keep-vigil.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { NOBODY } from '../adapters/nobody.ts';
import { type BatchResponse, type QueueRecord, queueBatchSchema } from '../middleware/batch.ts';
import { workOffQueue } from '../middleware/queue.ts';
import type { Upload } from './upload.ts';

export type CanaryDeps = Readonly<{
  now: Clock;
  agencyId: AgencyId;
  everySeconds: number;
  changeCanary: ChangeKept<Canary>;
  setUp: (now: Instant) => Promise<'made' | 'there'>;
  upload: Upload;
  changeAlert: ChangeAlert;
  keepVigil: KeepVigil;
  telemetry: Telemetry;
}>;

const returnedSchema = z.object({ alertId: alertIdSchema, openedAt: instantSchema });

/**
 * Input: a minute has passed, or pages of test alerts that have come back by their queue. Course:
 * each minute it judges whether the last test alert came back in time, tells the duty manager
 * otherwise, and when its time has come raises the next through the door that head-ends use. What
 * comes back is closed.
 */
export const run = (deps: CanaryDeps) => {
  let isSetUp = false;
  return async (input: unknown): Promise<BatchResponse | undefined> => {
    const batch = queueBatchSchema.safeParse(input);
    if (batch.success) return onReturned(deps, batch.data.Records);
    const now = deps.now();
    const found = isSetUp ? 'there' : await deps.setUp(now);
    // A write may have met another: what was put is looked at once more before it counts.
    isSetUp = found === 'there';
    // What is put now is in force from now on: the first round is a minute's work further on.
    if (found === 'there') await goRound(deps, now);
    return undefined;
  };
};

/** A round is said to have begun before its upload: it may be back before the answer to that is. */
const nextRound = (canary: Canary, everySeconds: number, now: Instant): Canary => {
  const seen = judged(canary, now);
  return isRoundDue(seen, everySeconds, now) ? begun(seen, now) : seen;
};

const goRound = async (deps: CanaryDeps, now: Instant): Promise<void> => {
  const { telemetry } = deps;
  let canary = await deps.changeCanary((kept) => nextRound(kept ?? REST, deps.everySeconds, now));
  if (canary.startedAt === now) {
    const isAccepted = await deps.upload(now);
    canary = await deps.changeCanary((kept) => uploaded(kept ?? REST, now, isAccepted));
    telemetry.measure(isAccepted ? 'roundsBegun' : 'roundsRefused', 1);
  }
  const findings = canaryFindings(canary, now);
  for (const { fault, sinceAt } of findings) telemetry.log.warn('found wrong', { fault, sinceAt });
  await deps.keepVigil({ by: 'canary', findings }, now);
};

const onReturned = (deps: CanaryDeps, records: readonly QueueRecord[]): Promise<BatchResponse> =>
  workOffQueue(records, async ({ messageId, body }) => {
    try {
      const now = deps.now();
      const { alertId, openedAt } = returnedSchema.parse(JSON.parse(body));
      await deps.changeCanary((kept) => cameBack(kept ?? REST, openedAt, now));
      deps.telemetry.measure('testAlertSeconds', secondsBetween(openedAt, now));
      await close(deps, alertId);
      return 'done';
    } catch (error) {
      // Retry: and after the last try it is parked in the dead-letter queue.
      deps.telemetry.log.error('page not taken back', { messageId, error: errorName(error) });
      return 'failed';
    }
  });

/** A test alert, and no other, is closed by the canary: it would be told again in a day. */
const close = async (
  { changeAlert, agencyId, telemetry }: CanaryDeps,
  alertId: AlertId,
): Promise<void> => {
  const { decision } = await changeAlert(agencyId, alertId, async (alert) => {
    if (alert !== null && !alert.isTest) throw new Error(`${alertId} is no test alert`);
    return {
      command: {
        ...{ type: 'close', by: CANARY, epoch: alert?.epoch ?? 1 },
        ...{ disposition: 'no-action-equipment', reason: 'a test alert that came back' },
      },
      roster: NOBODY,
    };
  });
  telemetry.log.info('test alert came back', { alertId, outcome: decision.outcome });
};
