import { describe, expect, it } from 'vitest';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { restsOn } from '#domain/notify/words.ts';
import { isTamperedWith, staysClosed } from '#local/worlds/generators/tamper.ts';
import { facts, tick, violationOpens } from '#test/support/alerts.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { fix, status } from '#test/support/events.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const supervision = superviseWith([], { deviceCare: {} });
const NOON = at('2026-06-01T12:00:00Z');
const minutes = (count: number): Instant => secondsAfter(NOON, count * 60);

const asked = (
  now: Instant,
  input: DeviceEvent | null,
  { part = 'strap', memory = {} }: Readonly<{ part?: string; memory?: Memory }> = {},
): Judgement =>
  askRule(watchCalled(supervision, `device-care.tamper.${part}`), now, { input, memory });

describe('given a device that has never said whether it is closed', () => {
  it.each([
    ['nothing at all', null],
    ['where it is', fix(NOON, HOME)],
    ['how full its battery is', status(NOON, { batteryPercent: 50 })],
  ])('is undetermined when it says %s: no data is neither order nor guilt', (_, input) => {
    expect(asked(NOON, input)).toMatchObject({ verdict: 'undetermined', reason: 'not-reported' });
  });
});

describe('given a part that opens', () => {
  it.each([
    ['strap', { strap: 'open' }, 'strap-open'],
    ['case', { case: 'open' }, 'case-open'],
    ['home-unit', { homeUnitPlace: 'moved' }, 'home-unit-moved'],
  ])('is tampered with at once: %s', (part, said, reason) => {
    expect(asked(NOON, status(NOON, said), { part })).toMatchObject({
      ...{ verdict: 'violated', reason, since: NOON, claims: null, memory: { openAt: NOON } },
    });
  });

  it('says nothing of the other parts', () => {
    const input = status(NOON, { strap: 'open', case: 'closed' });
    expect(asked(NOON, input, { part: 'case' }).verdict).toBe('satisfied');
    expect(asked(NOON, input, { part: 'home-unit' }).verdict).toBe('undetermined');
  });

  it('stays open through what says nothing of it', () => {
    const memory = { openAt: NOON };
    const input = status(minutes(5), { batteryPercent: 50 });
    expect(asked(minutes(5), input, { memory })).toMatchObject({ verdict: 'violated', memory });
  });
});

describe('given a part that has closed again', () => {
  const memory = { openAt: NOON, closedAt: minutes(1) };

  it('is the same episode until it has stayed closed, and due then', () => {
    const closed = asked(minutes(1), status(minutes(1), { strap: 'closed' }), {
      memory: { openAt: NOON },
    });
    expect(closed).toMatchObject({ verdict: 'violated', memory, dueAt: minutes(11) });
    expect(asked(minutes(10.9), null, { memory }).verdict).toBe('violated');
    expect(asked(minutes(11), null, { memory })).toMatchObject({
      ...{ verdict: 'satisfied', memory: { closedAt: minutes(1) } },
    });
  });

  it('goes on as that episode when it opens again', () => {
    const again = asked(minutes(3), status(minutes(3), { strap: 'open' }), { memory });
    expect(again).toMatchObject({ verdict: 'violated', since: NOON, memory: { openAt: NOON } });
  });
});

describe('given what a watch of a part says and keeps', () => {
  it('is in order once it was said to be closed, and rests', () => {
    const said = asked(NOON, status(NOON, { strap: 'closed' }));
    expect(said).toMatchObject({ verdict: 'satisfied', reason: 'in-order', rests: true });
    expect(said.memory).toStrictEqual({ closedAt: NOON });
    expect(asked(minutes(9), status(minutes(9), { strap: 'closed' }), said).memory).toStrictEqual(
      said.memory,
    );
  });

  it('is in order again by the same name, and rests while it is not', () => {
    const memory = { openAt: NOON, closedAt: minutes(1) };
    expect(asked(minutes(11), null, { memory })).toMatchObject({ reason: 'in-order', rests: true });
    expect(asked(minutes(9), null, { memory })).toMatchObject({ rests: true });
    expect(asked(minutes(11), null, { memory }).memory).toStrictEqual({ closedAt: minutes(1) });
  });
});

describe('given a part that was open before the order began', () => {
  it('is told of from its beginning on', () => {
    const starts = { startsAt: '2026-06-01T13:00:00Z', deviceCare: {} };
    const watch = watchCalled(superviseWith([], starts), 'device-care.tamper.strap');
    const before = askRule(watch, NOON, { input: status(NOON, { strap: 'open' }) });
    expect(before).toMatchObject({ verdict: 'not-applicable', dueAt: minutes(60) });
    expect(askRule(watch, minutes(60), { memory: before.memory })).toMatchObject({
      ...{ verdict: 'violated', since: minutes(60) },
    });
  });
});

describe('given a strap that opened for three seconds and closed by itself', () => {
  const trail = simulatedTrail(supervision);
  const opened = trail.tell([status(NOON, { strap: 'open', batteryPercent: 61 })], NOON);
  trail.tell([status(secondsAfter(NOON, 3), { strap: 'closed' })], minutes(1));
  trail.tell([], minutes(11));
  const told = { supervision, inputs: opened.fresh, detectedAt: NOON };
  const [opening, ending] = trail
    .changes()
    .filter(({ mark }) => mark.reason === 'strap-open')
    .map((change, i) => violationOf(change, { ...told, revision: i + 1 }));
  if (!opening || !ending) throw new Error('the violation opened, and ended');

  it('ends on record', () => {
    expect([opening, ending]).toMatchObject([
      { status: 'open', reason: 'strap-open' },
      { status: 'ended', endedAt: secondsAfter(NOON, 603) },
    ]);
  });

  it('leaves its alert open, with its next step due, until somebody closes it', () => {
    const alert = alertAfter(
      { command: violationOpens(opening), now: NOON },
      { command: violationOpens(ending), now: minutes(11) },
    );
    expect(alert).toMatchObject({ status: 'open', closed: null, nextDueAt: expect.any(Number) });
    const paged = alertAfter(
      { command: violationOpens(opening), now: NOON },
      { command: violationOpens(ending), now: minutes(3) },
      { command: tick(2), now: minutes(5) },
    );
    expect(paged).toMatchObject({ status: 'open', step: 2 });
  });

  it('says what it rests on', () => {
    expect(restsOn(facts({ violation: opening }))).toBe('the device: strap open, battery 61 %');
  });
});

describe('given days on which a part is tampered with', () => {
  it('is told of once and at once, however short and however it flaps', () =>
    expectTold(isTamperedWith, { numRuns: 25 }));
});

describe('given days on which all stays closed', () => {
  it('is never told of', () => expectTold(staysClosed, { numRuns: 25 }));
});
