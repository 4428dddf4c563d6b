import * as z from 'zod';
import type { Alert } from '../model/alert.ts';
import type { PersonId, RotaId } from '../model/ids.ts';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Target } from '../model/person.ts';
import type { KeptHistory } from './alert-timeline.ts';
import type { PageSeen, Recorded } from './on-record.ts';

/** Why somebody was not paged of an alert: a word of ours, or the record's as it stands. */
export type NotPaged = Readonly<{
  why: string;
  /** Of which step of the policy, counted from 1; null: of none, or of the last resort. */
  step: number | null;
  /** Rota, alert, person or channel that it is about. */
  id: string | null;
  /** When it was so, first and last; null: it has not come to it. */
  firstAt: Instant | null;
  lastAt: Instant | null;
  times: number;
}>;

/** What somebody had to do with an alert. */
export type PersonsPart = Readonly<{ paged: readonly PageSeen[]; notPaged: readonly NotPaged[] }>;

/** The person who asks, and the rotas that name them. */
export type Asking = Readonly<{
  personId: PersonId;
  rotas: ReadonlySet<RotaId>;
  /** Whether the order names them. */
  isOfficer: boolean;
  fromAt: Instant;
  toAt: Instant;
}>;

const stepRunSchema = z.looseObject({
  type: z.literal('step-run'),
  at: instantSchema,
  step: z.number(),
  recipients: z.array(z.looseObject({ personId: z.string().optional() })),
  unreached: z.array(
    z.looseObject({ target: z.string(), id: z.string().nullable(), reason: z.string() }),
  ),
  /** Told a moment later, for they are too many; and on further channels. */
  later: z
    .array(z.looseObject({ recipient: z.looseObject({ personId: z.string().optional() }) }))
    .optional(),
  /** What is wrong with channels of people. */
  contactNotes: z
    .array(z.looseObject({ personId: z.string(), channel: z.string(), why: z.string() }))
    .optional(),
});
type StepRun = z.infer<typeof stepRunSchema>;

const turnSchema = z.looseObject({
  type: z.enum([
    'alert-acknowledged',
    'acknowledgement-ended',
    'alert-escalated',
    'alert-reopened',
    'alert-closed',
  ]),
  at: instantSchema,
  by: z.string().optional(),
  /** Null: a second person was waited for, and telling went on. */
  endsAt: instantSchema.nullable().optional(),
});

type Plan = Pick<Alert, 'policy' | 'track'>;

/** The plan by which an alert went at an instant: what is over is only reviewed from then on. */
const planAt = ({ policy, track, cleared }: Alert, at: Instant): Plan => ({
  policy,
  track: cleared !== null && at < cleared.at ? 'page' : track,
});

const targetsOf = ({ policy, track }: Plan, step: number): readonly Target[] => {
  if (track === 'review') return [{ kind: 'responsible-officer' }];
  const asPerson = (personId: PersonId): Target => ({ kind: 'person', personId });
  return policy.steps[step]?.targets ?? policy.lastResort.personIds.map(asPerson);
};

/** Whether a target may come to somebody: by name, by the order, or by a rota of theirs. */
const mayReach = (target: Target, { personId, rotas, isOfficer }: Asking): boolean => {
  if (target.kind === 'person') return target.personId === personId;
  if (target.kind === 'rota') return rotas.has(target.rotaId);
  return target.kind === 'responsible-officer' && isOfficer;
};

/** Its steps, and the last resort. */
const stepsOf = ({ policy }: Alert): number[] => [...policy.steps.keys(), policy.steps.length];

/** Whether a policy may come to somebody at all. */
export const isConcerned = (alert: Alert, asking: Asking): boolean => {
  const plan = planAt(alert, alert.openedAt);
  return stepsOf(alert).some((step) =>
    targetsOf(plan, step).some((target) => mayReach(target, asking)),
  );
};

type Reason = Readonly<{ why: string; step: number | null; id: string | null; at: Instant | null }>;

const numbered = ({ policy }: Alert, step: number): number | null =>
  step < policy.steps.length ? step + 1 : null;

/** Why a step that was run did not come to somebody. */
const notReached = (alert: Alert, run: StepRun, asking: Asking): Reason[] => {
  const told = [...run.recipients, ...(run.later ?? []).map(({ recipient }) => recipient)];
  if (told.some((one) => one.personId === asking.personId)) return [];
  const place = { step: numbered(alert, run.step), at: run.at };
  const said = run.unreached.filter(({ id }) => id === asking.personId);
  if (said.length > 0) {
    const noted = (run.contactNotes ?? []).filter((one) => one.personId === asking.personId);
    return [
      ...said.map(({ reason }) => ({ ...place, why: reason, id: null })),
      ...noted.map(({ why, channel }) => ({ ...place, why, id: channel })),
    ];
  }
  const targets = targetsOf(planAt(alert, run.at), run.step).filter((target) =>
    mayReach(target, asking),
  );
  return targets.map((target) => {
    const id = target.kind === 'rota' ? target.rotaId : null;
    const missing = run.unreached.find((one) => one.target === target.kind && one.id === id);
    // A target that goes by office hours is passed over by them before anybody is looked for.
    const hours =
      target.when && run.unreached.find((one) => one.target === target.kind && one.id === null);
    const usual = id === null ? 'passed' : 'not-on-call';
    return { ...place, why: hours?.reason ?? missing?.reason ?? usual, id };
  });
};

/** What ended the telling: whoever closed it may have had it in hand before. */
const whatStopped = (recorded: readonly Recorded[]) => {
  const turns = recorded
    .flatMap((entry) => turnSchema.safeParse(entry).data ?? [])
    .filter(({ endsAt }) => endsAt !== null);
  const [before, last] = [turns.at(-2), turns.at(-1)];
  return last?.type === 'alert-closed' && before?.type === 'alert-acknowledged' ? before : last;
};

/** Why it never came to the steps that name somebody. */
const notRun = (
  alert: Alert,
  { runs, recorded }: Readonly<{ runs: readonly StepRun[]; recorded: readonly Recorded[] }>,
  asking: Asking,
): Reason[] => {
  const ran = new Set(runs.map(({ step }) => step));
  const plan = planAt(alert, alert.openedAt);
  const names = (step: number) => targetsOf(plan, step).some((one) => mayReach(one, asking));
  const [step] = stepsOf(alert).filter((one) => names(one) && !ran.has(one));
  if (step === undefined || runs.some((run) => names(run.step))) return [];
  const place = { step: numbered(alert, step), id: null, at: null };
  const { status, closed, cleared, held } = alert;
  if (status === 'open' && cleared === null) {
    if (held === undefined) return [{ ...place, why: 'not-yet' }];
    const [id = null] = Object.entries(held).flatMap(([name, value]) =>
      name.endsWith('Id') && typeof value === 'string' ? [value] : [],
    );
    return [{ ...place, why: `held: ${held.why}`, id }];
  }
  const stop = whatStopped(recorded);
  if (stop?.by !== undefined) {
    const why = stop.type === 'alert-closed' ? 'closed-before' : 'acknowledged-before';
    return [{ ...place, why, id: stop.by, at: stop.at }];
  }
  return [{ ...place, why: 'closed-by-itself-before', at: (cleared ?? closed)?.at ?? null }];
};

const collapsed = (reasons: readonly Reason[]): NotPaged[] =>
  [...Map.groupBy(reasons, ({ why, step, id }) => JSON.stringify([why, step, id])).values()].map(
    (same) => {
      const instants = same.flatMap(({ at }) => at ?? []).sort((a, b) => a - b);
      const { why, step, id } = same[0] ?? { why: '', step: null, id: null };
      const [firstAt = null] = instants;
      return { why, step, id, firstAt, lastAt: instants.at(-1) ?? null, times: same.length };
    },
  );

const isTheirs = ({ page: { recipient } }: PageSeen, personId: PersonId): boolean =>
  recipient.personId === personId;

/**
 * What somebody was paged of an alert within a stretch of time, and why they were not where a step
 * named them or might have: not on call, not to be reached, quiet, not come to before somebody had
 * it in hand. Whom the policy never names, it says that alone.
 */
export const partOf = (
  alert: Alert,
  { recorded, pages }: KeptHistory,
  asking: Asking,
): PersonsPart => {
  const isThen = (at: Instant): boolean => asking.fromAt <= at && at < asking.toAt;
  const paged = pages.filter(
    (seen) => isTheirs(seen, asking.personId) && isThen(seen.page.createdAt),
  );
  const runs = recorded.flatMap((entry) => stepRunSchema.safeParse(entry).data ?? []);
  const then = runs.filter(({ at }) => isThen(at));
  const missed = then.flatMap((run) => notReached(alert, run, asking));
  const never = notRun(alert, { runs, recorded }, asking);
  if (paged.length === 0 && missed.length + never.length === 0) {
    const why = isConcerned(alert, asking) ? 'no-step-then' : 'not-in-policy';
    return { paged, notPaged: collapsed([{ why, step: null, id: null, at: null }]) };
  }
  return { paged, notPaged: collapsed([...missed, ...never]) };
};
