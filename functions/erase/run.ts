import * as z from 'zod';
import { type AgencyId, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { LoadRetentionPolicy } from '../adapters/dynamodb/retention-facts.ts';
import type { ListedWearer, WearerList } from '../adapters/dynamodb/wearer-list.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import {
  type EraseWearerDeps,
  eraseWearer,
  type Outcome,
  type Staying,
  type Turn,
} from './erase-wearer.ts';
import { dryEraser, type EraserDeps, eraser } from './eraser.ts';

export type EraseDeps = EraseWearerDeps &
  EraserDeps &
  Readonly<{
    agencyId: AgencyId;
    now: Clock;
    loadPolicy: LoadRetentionPolicy;
    list: WearerList;
    telemetry: Telemetry;
  }>;

/** What Lambda tells of the time that is left. */
export type TimeLimit = Readonly<{ getRemainingTimeInMillis: () => number }>;

/** Before its time is up it stops between two transactions, and between two hundred objects. */
const RESERVE_MILLISECONDS = 60_000;
const WEARERS_AT_ONCE = 4;
/** A dry run names so many of what would go, and of what stays, of each wearer. */
const MOST_NAMED = 1_000;

/** Record: every wearer, and in earnest, where nothing is said. */
const askedSchema = z
  .object({ dryRun: z.boolean().default(false), wearerId: wearerIdSchema.nullable().default(null) })
  .catch({ dryRun: false, wearerId: null });

/** What a run did, or a dry one would do. */
export type Report = Readonly<{
  looked: number;
  erased: number;
  failures: number;
  left: number;
  /** Of a dry run alone. */
  wearers: readonly object[];
}>;

type Round = {
  readonly deps: EraseDeps;
  readonly turn: Turn;
  readonly isDry: boolean;
  looked: number;
  erased: number;
  failures: number;
  left: number;
  unknown: number;
  wearers: object[];
};

const stayingView = ({ name, dataClass, because }: Staying): object => {
  const untilAt = because.kind === 'too-early' ? { untilAt: toIso(because.untilAt) } : {};
  return { name, dataClass, because: because.kind, ...untilAt };
};

const viewOf = ({ wearer }: ListedWearer, outcome: Outcome): object => ({
  wearerId: wearer.wearerId,
  standing: outcome.standing.map(({ kind }) => kind),
  goes: Object.fromEntries(
    [...Map.groupBy(outcome.gone, ({ dataClass }) => dataClass)].map(([name, all]) => [
      name,
      all.length,
    ]),
  ),
  names: outcome.gone.slice(0, MOST_NAMED).map(({ name }) => name),
  stays: outcome.stays.length,
  staying: outcome.stays.slice(0, MOST_NAMED).map(stayingView),
  unknown: outcome.unknown,
  lookAt: toIso(outcome.lookAt),
});

const note = async (round: Round, listed: ListedWearer, outcome: Outcome): Promise<void> => {
  const { deps, isDry } = round;
  const { wearer } = listed;
  round.looked += 1;
  round.erased += outcome.gone.length;
  // Both stay until somebody looks: no later run can do anything about them.
  const unsealed = outcome.stays.filter(({ because }) => because.kind === 'not-sealed');
  round.unknown += outcome.unknown.length + unsealed.length;
  if (outcome.isCutOff) round.left += 1;
  if (isDry) {
    round.wearers.push(viewOf(listed, outcome));
    return;
  }
  if (outcome.gone.length > 0) {
    const { isForgotten } = outcome;
    const stays = outcome.stays.length;
    deps.telemetry.log.info('erased', {
      ...{ ...wearer, pieces: outcome.gone.length, stays, isForgotten },
    });
  }
  // What was cut off is due: the next run goes on with it.
  if (!outcome.isCutOff && !outcome.isForgotten) await deps.list.lookAgain(wearer, outcome.lookAt);
};

const eraseOne = async (round: Round, listed: ListedWearer): Promise<void> => {
  const { deps, turn } = round;
  const { wearer } = listed;
  try {
    const outcome = await eraseWearer(deps, turn)(wearer);
    if (outcome !== null) await note(round, listed, outcome);
  } catch (error) {
    // Retry: they are due as before, and one wearer's trouble holds up no other.
    round.failures += 1;
    deps.telemetry.log.error('wearer not erased', { ...wearer, error: errorName(error) });
  }
};

const workOff = async (round: Round, due: readonly ListedWearer[]): Promise<void> => {
  for (let i = 0; i < due.length; i += WEARERS_AT_ONCE) {
    if (!round.turn.mayGoOn()) {
      round.left += due.length - i;
      return;
    }
    const some = due.slice(i, i + WEARERS_AT_ONCE);
    await Promise.all(some.map((listed) => eraseOne(round, listed)));
  }
};

const measure = ({ telemetry }: EraseDeps, round: Round): void => {
  telemetry.measure('erasedPieces', round.erased);
  telemetry.measure('eraseFailures', round.failures);
  telemetry.measure('eraseLeft', round.left);
  telemetry.measure('eraseUnknown', round.unknown);
};

const turnOf = async (
  deps: EraseDeps,
  { at, isDry, mayGoOn }: Readonly<{ at: Instant; isDry: boolean; mayGoOn: () => boolean }>,
): Promise<Turn> => ({
  ...{ at, mayGoOn, policy: await deps.loadPolicy(deps.agencyId) },
  eraser: isDry ? dryEraser : eraser(deps, at),
});

/**
 * Input: a day has passed. Course: of every wearer whose time has come, what may go goes, as far as
 * the time lasts; what was cut off goes on with the next run. On a dry run nothing goes, and the
 * answer says what would.
 */
export const run =
  (deps: EraseDeps) =>
  async (event: unknown, { getRemainingTimeInMillis }: TimeLimit): Promise<Report> => {
    const { dryRun: isDry, wearerId } = askedSchema.parse(event);
    const at = deps.now();
    const mayGoOn = (): boolean => getRemainingTimeInMillis() > RESERVE_MILLISECONDS;
    const turn = await turnOf(deps, { at, isDry, mayGoOn });
    const none = { looked: 0, erased: 0, failures: 0, left: 0, unknown: 0, wearers: [] };
    const round: Round = { deps, turn, isDry, ...none };
    if (wearerId === null) {
      for await (const page of deps.list.after(deps.agencyId, null)) {
        await workOff(
          round,
          page.filter(({ lookAt }) => isDry || lookAt <= at),
        );
      }
    } else await workOff(round, [{ wearer: { agencyId: deps.agencyId, wearerId }, lookAt: at }]);
    if (!isDry) measure(deps, round);
    const { looked, erased, failures, left, wearers } = round;
    return { looked, erased, failures, left, wearers };
  };
