import type { Check, Problem, Watch } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import { type Agenda, agenda as agendaFrom } from './engine/agenda.ts';
import { type Dice, dice as diceOf } from './engine/dice.ts';
import { type Happened, type Weather, weather as weatherOf } from './engine/weather.ts';
import { bringAbout } from './world/bring-about.ts';
import type { Told } from './world/deployed.ts';
import { outside, type Said } from './world/outside.ts';
import { type Act, people } from './world/people.ts';
import type { Plan } from './world/plan.ts';
import { receipts } from './world/receipts.ts';
import { putRequest, responseOf } from './world/requests.ts';
import { type System, startSystem } from './world/system.ts';

/** What of a plan takes place; null: all of it. So a failing run gets simpler. */
export type Only = Readonly<{
  faults: ReadonlySet<string> | null;
  happenings: ReadonlySet<number> | null;
}>;
export const ALL: Only = { faults: null, happenings: null };

/** How often something was so, and the greatest lateness of a step. */
export type Counts = Record<'miss' | 'late' | 'double' | 'explained double', number> & {
  worstLatenessSeconds: number;
};

/** What a world came across, and how often. */
export type Sights = ReadonlyMap<string, number>;

export type RunResult = Readonly<{
  problems: readonly Problem[];
  faults: readonly Happened[];
  tolds: readonly Told[];
  acts: readonly Act[];
  counts: Counts;
  sights: Sights;
  /** Milliseconds of the world that were lived through. */
  lived: number;
  /** What happened, line by line, where that was asked for. */
  lines: readonly string[];
}>;

const SETTING_UP_MILLISECONDS = 3_600_000;
const MOST_PROBLEMS = 20;
const CALM = { calls: 0, deliveries: 0, deploysADay: 0 };

type Notes = {
  readonly problems: Problem[];
  readonly tolds: Told[];
  readonly acts: Act[];
  readonly lines: string[];
  readonly counts: Counts;
  readonly sights: Map<string, number>;
};

const emptyNotes = (): Notes => ({
  ...{ problems: [], tolds: [], acts: [], lines: [], sights: new Map() },
  counts: { miss: 0, late: 0, double: 0, 'explained double': 0, worstLatenessSeconds: 0 },
});

/** Puts everything on record, while nothing goes wrong. */
const setUp = async (system: System, { office }: Plan): Promise<void> => {
  for (const put of office.puts) {
    const response = responseOf(await system.call('api', putRequest(put)));
    if (response === null || response.statusCode > 201)
      throw new Error(`${put.route}: ${response?.body}`);
  }
};

type Clocks = Readonly<{
  agenda: Agenda;
  dice: Dice;
  weather: Weather;
  log: (line: string) => void;
}>;

const startClocks = (plan: Plan, { only, isTraced }: Asked, notes: Notes) => {
  const dice = diceOf(plan.seed).named('run');
  const agenda = agendaFrom(plan.startAt - SETTING_UP_MILLISECONDS, dice);
  const log = (line: string): void => {
    if (isTraced) notes.lines.push(`${new Date(agenda.now()).toISOString()} ${line}`);
  };
  const weather = weatherOf({
    ...{ seed: plan.seed, now: agenda.now, only: only.faults, log },
    climate: () => (agenda.now() < plan.startAt ? CALM : plan.climate),
  });
  return { agenda, dice, weather, log };
};
type Asked = Readonly<{ only: Only; isTraced: boolean }>;

/** What checks look at, and where they note what they find. */
const watchOf = (plan: Plan, clocks: Clocks & Seen, notes: Notes): Watch => ({
  plan,
  now: clocks.agenda.now,
  db: clocks.system.db,
  faults: clocks.weather.happened,
  measure: (_, seconds) => {
    const worst = Math.max(notes.counts.worstLatenessSeconds, seconds);
    notes.counts.worstLatenessSeconds = worst;
  },
  count: (what) => {
    notes.counts[what] += 1;
  },
  saw: (what) => void notes.sights.set(what, (notes.sights.get(what) ?? 0) + 1),
  canNeverReach: ({ recipient }) =>
    'mobile' in recipient && clocks.everStopped.has(recipient.mobile),
  isGivenUp: clocks.system.isGivenUp,
  report: (promise, what) => {
    clocks.log(`BROKEN ${promise}: ${what}`);
    const problem = { promise, at: clocks.agenda.now(), what };
    if (notes.problems.length < MOST_PROBLEMS) notes.problems.push(problem);
  },
});
type Seen = Readonly<{ system: System; everStopped: ReadonlySet<string> }>;

/** The system of a plan, with the people round it, under watch. */
const startWorld = (plan: Plan, clocks: Clocks, notes: Notes) => {
  const { agenda, log } = clocks;
  const checks: Check[] = [];
  const everStopped = new Set<string>();
  const optedOut = new Set<string>();
  const system = startSystem({
    ...{ ...clocks, seed: plan.seed, optedOut, without: plan.cut },
    ...{ isWatched: plan.isWatched, startAt: plan.startAt },
    onCommit: (commit) => {
      for (const check of checks) check.onCommit?.(commit);
      theirs.onCommit(commit);
    },
    onTold: (told) => {
      notes.tolds.push(told);
      log(`told ${told.to} of ${told.page?.pageId ?? 'a nudge'}`);
      for (const check of checks) check.onTold?.(told);
      react(told);
      theirs.onTold(told);
      certify(told);
    },
  });
  const react = people({
    ...{ seed: plan.seed, agenda, office: plan.office, system, until: plan.stormUntil },
    onAct: (act) => {
      notes.acts.push(act);
      log(`${act.by} ${act.kind} ${act.alertId}: ${act.status}`);
      for (const check of checks) check.onAct?.(act);
    },
    onText: (text, page) => {
      notes.sights.set('text', (notes.sights.get('text') ?? 0) + 1);
      log(`${text.originationNumber} texts ${text.messageBody} of ${page.pageId}`);
      for (const check of checks) check.onText?.(text, page);
    },
  });
  const onSaid = (said: Said): void => {
    log(
      `${said.liaisonId} says ${said.what} of ${said.eventId ?? said.incidentId}: ${said.status}`,
    );
    for (const check of checks) check.onSaid?.(said);
  };
  const theirs = outside({
    ...{ seed: plan.seed, agenda, office: plan.office, system, until: plan.stormUntil, onSaid },
    onSays: (saying) => {
      for (const check of checks) check.onSays?.(saying);
    },
  });
  const certify = receipts({
    ...{ seed: plan.seed, agenda, system },
    onReceipt: (receipt, told) => {
      log(`${receipt.eventType} of ${receipt.messageId}`);
      for (const check of checks) check.onReceipt?.(receipt, told);
    },
  });
  const watch = watchOf(plan, { ...clocks, system, everStopped }, notes);
  checks.push(...CHECKS.map((check) => check(watch)));
  return { system, optedOut, everStopped, checks };
};

/** Lives through the world of a plan, and says which promises were broken. */
export const runSeed = async (
  plan: Plan,
  only: Only = ALL,
  isTraced = false,
): Promise<RunResult> => {
  const notes = emptyNotes();
  const clocks = startClocks(plan, { only, isTraced }, notes);
  const { agenda, weather } = clocks;
  const { system, optedOut, everStopped, checks } = startWorld(plan, clocks, notes);
  const ready = setUp(system, plan);
  await agenda.runUntil(plan.startAt);
  await ready;
  bringAbout({ ...clocks, plan, only: only.happenings, system, optedOut, everStopped });
  await agenda.runUntil(plan.stormUntil);
  weather.clearUp();
  await agenda.runUntil(plan.endAt);
  for (const check of checks) check.atEnd?.();
  return { ...notes, faults: weather.happened, lived: plan.endAt - plan.startAt };
};
