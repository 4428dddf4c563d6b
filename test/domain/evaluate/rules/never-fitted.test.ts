import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import { newState } from '#domain/evaluate/judge-all.ts';
import type { Judgement } from '#domain/evaluate/rule.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { goesUnfitted, isFitted, neverReports } from '#local/worlds/generators/never-fitted.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { changed, evaluator, tick } from '#test/support/evaluator.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const START = at('2026-06-01T00:00:00Z');
const hours = (count: number): Instant => secondsAfter(START, count * 3_600);
const supervision = superviseWith([], { startsAt: '2026-06-01T00:00:00Z', deviceCare: {} });

const worn = (startsAt: Instant, endsAt: Instant | null = null): Activation =>
  activationSchema.parse({
    ...{ activationId: 'a-9', wearerId: 'w-1', headEndId: 'head-end', deviceSerial: 'T-9' },
    ...{ startsAt, endsAt },
  });

type Known = Readonly<{ activations: readonly Activation[]; heardAt?: Instant }>;

const asked = (watchId: string, now: Instant, { activations, heardAt }: Known): Judgement => {
  const watch = { ...watchCalled(supervision, watchId), activations };
  const heard = heardAt === undefined ? [] : [{ fromAt: heardAt, toAt: heardAt }];
  return askRule(watch, now, { core: { ...emptyCore(now), heard } });
};
const device = (now: Instant, ...activations: Activation[]): Judgement =>
  asked('device-care.fitted', now, { activations });
const data = (now: Instant, known: Known): Judgement =>
  asked('device-care.fitted.data', now, known);

describe('given an order that is in force, and nobody has put a device on', () => {
  it('is not applicable before the order, and due when it begins', () => {
    expect(device(hours(-1))).toMatchObject({ verdict: 'not-applicable', dueAt: START });
  });

  it('waits a day, and is due then', () => {
    expect(device(hours(1))).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'within-grace', dueAt: hours(24) },
    });
  });

  it('is violated since the order began', () => {
    expect(device(hours(24))).toMatchObject({
      ...{ verdict: 'violated', reason: 'no-device', since: START, claims: null },
    });
  });

  it('leaves it to that watch: without a device no data can come', () => {
    expect(data(hours(24), { activations: [] })).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'covered' },
    });
  });
});

describe('given a device that is on', () => {
  it('is in order, and due when it comes off', () => {
    expect(device(hours(30), worn(hours(2), hours(40)))).toMatchObject({
      ...{ verdict: 'satisfied', dueAt: hours(40) },
    });
  });

  it('is due when one that is known of already will be put on', () => {
    expect(device(hours(1), worn(hours(2)))).toMatchObject({ dueAt: hours(2) });
  });

  it('counts anew from when it comes off', () => {
    const was = worn(hours(2), hours(40));
    expect(device(hours(63.9), was)).toMatchObject({ verdict: 'undetermined', dueAt: hours(64) });
    expect(device(hours(64), was)).toMatchObject({ verdict: 'violated', since: hours(40) });
  });
});

describe('given a device of which nothing was heard since it was put on', () => {
  const activations = [worn(hours(2))];

  it('waits an hour', () => {
    expect(data(hours(2.9), { activations })).toMatchObject({
      ...{ verdict: 'undetermined', dueAt: hours(3), silence: 'until-heard', rests: false },
    });
  });

  it.each([
    ['nothing ever was', undefined],
    ['something was before it was put on', hours(1)],
    ['something will be, as an upload shows', hours(6)],
  ])('is violated then: %s', (_, heardAt) => {
    const known = heardAt === undefined ? { activations } : { activations, heardAt };
    expect(data(hours(3), known)).toMatchObject({
      ...{ verdict: 'violated', reason: 'no-first-data', since: hours(2), claims: null },
    });
  });

  it('is in order from the first receipt on', () => {
    expect(data(hours(6), { activations, heardAt: hours(6) }).verdict).toBe('satisfied');
  });
});

describe('given a device that came on record hours after it was put on', () => {
  const late = { ...worn(hours(2)), registeredAt: hours(7) };

  it('is waited for an hour from then: nothing of it could be taken before', () => {
    expect(data(hours(7.9), { activations: [late] })).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'within-grace', dueAt: hours(8) },
    });
    expect(data(hours(8), { activations: [late] })).toMatchObject({
      ...{ verdict: 'violated', reason: 'no-first-data', since: hours(7) },
    });
  });

  it('is waited for from when it is put on, where that lies ahead', () => {
    const ahead = { ...worn(hours(2)), registeredAt: hours(1) };
    expect(data(hours(3), { activations: [ahead] })).toMatchObject({ since: hours(2) });
  });
});

describe('given a wearer of whom no event has ever arrived', () => {
  const bare = { ...supervision, activations: [], key: 'bare' };
  const watches = bare.watches.map((watch) => ({ ...watch, activations: [] }));

  it('is woken when the day for fitting is over, since the order was put', async () => {
    const { handle, states, armed, clock, saves } = evaluator({
      supervise: () => ({ ...bare, watches }),
    });
    const send = async (body: unknown) =>
      handle({ Records: [{ messageId: 'm-1', body: JSON.stringify(body) }] });
    clock.now = hours(-48);
    await send(changed(hours(-48)));
    const stateNow = () => [...states.values()][0]?.state;
    expect(stateNow()?.nextDueAt).toBe(START);
    clock.now = START;
    await send(tick(START));
    expect(stateNow()?.nextDueAt).toBe(hours(24));
    expect(armed.map(({ dueAt }) => dueAt)).toEqual([START, hours(24)]);
    clock.now = hours(24);
    await send(tick(hours(24)));
    expect(saves.at(-1)?.types).toEqual(['opened']);
    expect(stateNow()?.core.marks).toMatchObject([{ reason: 'no-device', openedAt: START }]);
  });
});

const told = { numRuns: 25 };

describe('given days on which nobody fits a device, or none that follows', () => {
  it('is told of once, when its day is over', () => expectTold(goesUnfitted, told));
});

describe('given days on which a device never reports, or only after hours', () => {
  it('is told of once, after an hour', () =>
    expectTold(neverReports, { ...told, deliveries: fc.constant(AT_ONCE) }));
});

describe('given days on which devices are fitted, changed, and heard of', () => {
  it('is never told of', () => expectTold(isFitted, told));
});

describe('given an order that comes on record long after it began', () => {
  it('counts the grace from then: nobody is told at once of everybody who moves here', () => {
    const watch = { ...watchCalled(supervision, 'device-care.fitted'), activations: [] };
    const recordedAt = hours(1_000);
    const watches = { [watch.watchId]: newState(watch, recordedAt) };
    const core = { ...emptyCore(recordedAt), watches };
    const told = (at: Instant) => askRule(watch, at, { core }).verdict;
    expect(told(recordedAt)).toBe('undetermined');
    expect(told(hours(1_023.9))).toBe('undetermined');
    expect(told(hours(1_024))).toBe('violated');
  });
});
