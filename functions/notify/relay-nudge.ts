import type { AgencyId } from '#domain/model/ids.ts';
import type { Nudge } from '#domain/model/nudge.ts';
import {
  type NotSent,
  type NudgedNow,
  type NudgeTurn,
  nudgeTurn,
} from '#domain/notify/why-not-sent.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { PutNudgeEntry } from '../adapters/dynamodb/nudge-entries.ts';
import type { Claim, Outbox, OutboxRow, Outcome } from '../adapters/dynamodb/outbox.ts';
import type { PutOffs } from '../adapters/dynamodb/put-off.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import { handOver } from './hand-over.ts';
import type { SendNudge } from './send-nudge.ts';

export type NudgeDeps = Readonly<{
  now: Clock;
  outbox: Pick<Outbox, 'end'>;
  putOffs: Pick<PutOffs, 'putOff'>;
  /** What is known of a nudge's wearer just now. */
  loadNudged: (agencyId: AgencyId, nudge: Nudge) => Promise<NudgedNow>;
  sendNudge: SendNudge;
  putNudgeEntry: PutNudgeEntry;
  telemetry: Telemetry;
}>;

type NudgeRow = Extract<OutboxRow, { kind: 'nudge' }>;

/** What the wearer does without is no fault of the channel, which an alarm looks at. */
const NOT_WANTED: readonly (string | null)[] = [
  'opted-out',
  'texts-stopped',
  'quiet-until-too-late',
] satisfies NotSent[];

const metricOf = (reason: string | null): string =>
  NOT_WANTED.includes(reason) ? 'nudgesNotWanted' : 'nudgesNotSent';

const end = async (deps: NudgeDeps, row: NudgeRow, outcome: Outcome): Promise<void> => {
  const { telemetry } = deps;
  const { agencyId, nudge } = row;
  const ids = { agencyId, nudgeId: nudge.nudgeId };
  const isSent = outcome.status === 'sent';
  const reason = isSent ? null : outcome.reason;
  const type = isSent ? 'nudge-sent' : 'nudge-not-sent';
  await deps.putNudgeEntry(agencyId, nudge, { type, at: outcome.at, reason });
  await deps.outbox.end(row.key, outcome);
  telemetry.measure(isSent ? 'nudgesSent' : metricOf(reason), 1);
  if (reason === null) telemetry.log.info('nudge sent', ids);
  else if (outcome.status === 'failed') {
    telemetry.log.error('nudge can never be sent', { ...ids, reason });
  } else telemetry.log.info('nudge not sent', { ...ids, reason });
};

type Held = Extract<NudgeTurn, { is: 'held' }>;

const hold = async (
  deps: NudgeDeps,
  row: NudgeRow,
  { claim, untilAt }: Held & { claim: Claim },
) => {
  const said = { type: 'nudge-held', at: claim.at, reason: 'quiet-hours', untilAt } as const;
  await deps.putNudgeEntry(row.agencyId, row.nudge, said);
  await deps.putOffs.putOff(row.key, claim, { untilAt, reason: 'quiet-hours' });
  deps.telemetry.measure('nudgesHeld', 1);
  const ids = { agencyId: row.agencyId, nudgeId: row.nudge.nudgeId };
  deps.telemetry.log.info('nudge held', { ...ids, reason: 'quiet-hours' });
};

/**
 * Sends a nudge, holds it for the wearer's quiet hours, or ends it with the reason why it is not
 * sent: what the wearer wants, and whether what called for it goes on, is looked up each time.
 */
export const relayNudge = async (deps: NudgeDeps, row: NudgeRow, claim: Claim): Promise<void> => {
  const { nudge, agencyId } = row;
  const turn = nudgeTurn(nudge, await deps.loadNudged(agencyId, nudge), deps.now());
  switch (turn.is) {
    case 'held':
      return hold(deps, row, { ...turn, claim });
    case 'not-sent':
      return end(deps, row, { status: 'suppressed', reason: turn.reason, at: deps.now() });
    case 'send':
      return end(deps, row, await handOver(deps.now, () => deps.sendNudge(turn.mobile, nudge)));
    default:
      return turn satisfies never;
  }
};
