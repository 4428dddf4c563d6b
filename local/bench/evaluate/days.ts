import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { evaluateInDisc } from '#domain/evaluate/evaluate-in-disc.ts';
import { applyInput, evaluateFix, type Folded } from '#domain/evaluate/fold.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { admitEvent, isAdmitted } from '#domain/ingest/admit-event.ts';
import { isRead, readEvent } from '#domain/ingest/read-events.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { STARTS_AT } from './bench-wearers.ts';
import { type LivedDays, liveDays } from './lived-days.ts';
import { type Aim, digits, printTable } from './print.ts';

const PEOPLE = 10;
const DAYS = 2;
/** A head-end posts what it gathered in so many minutes. */
const A_POST = 10;
const ROUNDS = 5;
const AIM_FIXES = 5_000_000;
const AIM_BODIES = 100_000;

type Person = Readonly<{
  lived: LivedDays;
  events: readonly DeviceEvent[];
  posts: readonly (readonly DeviceEvent[])[];
  bodies: readonly string[];
}>;

const inPosts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / A_POST) }, (_, i) =>
    all.slice(i * A_POST, (i + 1) * A_POST),
  );

/** What ingest makes of a body, for events that come as soon as they are recorded. */
const admitted = ({ activation }: LivedDays, body: string): DeviceEvent[] => {
  const sent: unknown = JSON.parse(body);
  if (!Array.isArray(sent)) throw new Error('a body of the bench is no array');
  return sent.flatMap((value: unknown, index) => {
    const read = readEvent({ index, value });
    if (!isRead(read)) throw new Error(`the bench sent what is refused: ${read.message}`);
    const { headEndId } = activation;
    const receivedAt = secondsAfter(read.event.recordedAt, 5);
    const taken = admitEvent(read, { activation, headEndId, deviceSerial: null, receivedAt });
    return isAdmitted(taken) ? [taken.event] : [];
  });
};

const makePerson = (seed: number): Person => {
  const lived = liveDays(seed, DAYS);
  const bodies = inPosts(lived.fixes).map((fixes) => JSON.stringify(fixes));
  const posts = bodies.map((body) => admitted(lived, body));
  return { lived, events: posts.flat(), posts, bodies };
};

const untilOf = (events: readonly DeviceEvent[]) => events.at(-1)?.receivedAt ?? STARTS_AT;

const begun = ({ lived, events }: Person): WearerState =>
  evaluate({
    supervision: lived.supervision,
    state: null,
    events: events.slice(0, 1),
    until: untilOf(events.slice(0, 1)),
  }).state;

const folding = (person: Person, isSkipping: boolean): { fixes: number; safe: number } => {
  const { supervision } = person.lived;
  const start = begun(person);
  let folded: Folded = { core: start.core, anchors: start.anchors, wasSafe: false };
  let safe = 0;
  for (const event of person.events.slice(1)) {
    if (isSkipping || event.kind !== 'fix') folded = applyInput(folded, supervision, event);
    else folded = evaluateFix(folded, supervision, event);
    if (folded.wasSafe) safe += 1;
  }
  return { fixes: person.events.length - 1, safe };
};

/** One post after the other, as the evaluator takes them from its queue. */
const evaluating = (person: Person, posts: readonly (readonly DeviceEvent[])[]) => {
  const { supervision } = person.lived;
  let state: WearerState | null = null;
  let [fixes, safe] = [0, 0];
  for (const events of posts) {
    const until = untilOf(events);
    const inDisc: Evaluation | null = state === null ? null : evaluateInDisc(state, events, until);
    const done: Evaluation = inDisc ?? evaluate({ supervision, state, events, until });
    state = done.state;
    fixes += done.fixes;
    safe += done.safeFixes;
  }
  return { fixes, safe, state };
};

type Course = Readonly<{ fixes: number; safe: number }>;

/** The least disturbed of several rounds for each person, nanoseconds a fix. */
const timeCourse = (people: readonly Person[], course: (person: Person) => Course) => {
  const measured = people.map((person) => {
    let done: Course = { fixes: 0, safe: 0 };
    let least = Infinity;
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      done = course(person);
      least = Math.min(least, performance.now() - began);
    }
    return { ...done, least };
  });
  const sum = (key: 'fixes' | 'safe' | 'least') => measured.reduce((all, one) => all + one[key], 0);
  return {
    nanoseconds: (1e6 * sum('least')) / sum('fixes'),
    safeShare: sum('safe') / sum('fixes'),
  };
};

/** From the text of a post to the state that is written, both ends included, and no I/O. */
const fromBodies = (person: Person): Course => {
  const posts = person.bodies.map((body) => admitted(person.lived, body));
  const { fixes, safe, state } = evaluating(person, posts);
  return { fixes, safe: JSON.stringify(state).length > 0 ? safe : 0 };
};

/** Whole days of people: a fix a minute, a curfew, three zones, and the care of the device. */
export const benchDays = (): Aim[] => {
  const people = Array.from({ length: PEOPLE }, (_, i) => makePerson(i + 1));
  const courses = [
    ['fold, every fix in full', (person: Person) => folding(person, false)],
    ['fold, with the safe region', (person: Person) => folding(person, true)],
    [`evaluate, in posts of ${A_POST}`, (person: Person) => evaluating(person, person.posts)],
    [`from body to state, in posts of ${A_POST}`, fromBodies],
  ] as const;
  const timed = courses.map(([name, course]) => ({ name, ...timeCourse(people, course) }));
  printTable(
    `Days as they are lived: ${PEOPLE} people, ${DAYS} days, a fix a minute, a curfew and 3 zones`,
    ['', 'fixes/s', 'ns a fix', 'without geometry'],
    timed.map(({ name, nanoseconds, safeShare }) => [
      ...[name, digits(1e9 / nanoseconds), digits(nanoseconds)],
      `${(100 * safeShare).toFixed(1)} %`,
    ]),
  );
  const rateOf = (nth: number): number => 1e9 / (timed[nth]?.nanoseconds ?? Number.NaN);
  const aim = (what: string, nth: number, least: number): Aim => ({
    ...{ what, aim: digits(least) },
    ...{ measured: digits(rateOf(nth)), isMet: rateOf(nth) >= least },
  });
  return [
    aim('fixes/s over days, with the safe region', 2, AIM_FIXES),
    aim('fixes/s from body to state', 3, AIM_BODIES),
  ];
};
