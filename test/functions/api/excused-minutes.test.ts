import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { asked } from '#test/journeys/desk.ts';
import { AWAY, openOffice, send } from '#test/journeys/office.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { at, HOME } from '#test/support/supervisions.ts';

let office: Pipeline;
afterEach(() => office.stop());

const W_1 = { wearerId: 'w-1' };
const DECISION = '/v1/wearers/{wearerId}/decisions/{decisionId}';

/** An instant so long after another, whatever clocks show meanwhile. */
const later = (from: Instant, minutes: number): Instant => secondsAfter(from, 60 * minutes);

type Out = Readonly<{ from: Instant; until: Instant }>;

/** A night with so many minutes that may add up; a fix each two minutes, and out for some time. */
const live = async (from: Instant, until: Instant, outs: readonly Out[]): Promise<void> => {
  const home = { conditionId: 'home', kind: 'curfew', timetableId: 'night', place: { ...HOME } };
  const conditions = [{ ...home, atvMinutes: 600 }];
  office = await openOffice({ opensAt: from, order: { startsAt: toIso(from), conditions } });
  for (let now = from; now < until; now = later(now, 2)) {
    await office.advanceTo(now);
    const isOut = outs.some((out) => now >= out.from && now < out.until);
    await send(office, fix(now, isOut ? AWAY : HOME));
  }
  await office.advanceTo(until);
};

type Sum = Readonly<{ minutes: number; absences: readonly { from: string; until: string }[] }>;

/** What has added up, as the state of the wearer shows it. */
const addedUp = async (): Promise<Sum> => {
  const { watches } = await asked(office, 'GET /v1/wearers/{wearerId}/state', { path: W_1 });
  return watches.find((watch: { addedUp?: Sum }) => watch.addedUp !== undefined).addedUp;
};

/** Minutes of the curfew in a stretch of time. */
const curfewMinutes = async (from: Instant, until: Instant) => {
  const query = { from: toIso(from), to: toIso(until) };
  const progress = 'GET /v1/wearers/{wearerId}/progress';
  return (await asked(office, progress, { path: W_1, query })).curfewMinutes;
};

type LetOff = Readonly<{ from: string; until: string; kind?: string; permissionId?: string }>;

const soon = (): Promise<void> => office.advanceTo(later(instant(Date.now()), 1));

/** Decides that some time is let off, and waits until evaluation has heard of it. */
const letsOff = async (decisionId: string, letOff: LetOff): Promise<void> => {
  const { kind = 'excuse-accepted', permissionId = `p-${decisionId}`, from, until } = letOff;
  const found = office.itemsOf('monitoring').find(({ entity }) => entity?.S === 'VIOLATION');
  const { violationId } = JSON.parse(found?.body?.S ?? '{}');
  await asked(office, `PUT ${DECISION}`, {
    path: { ...W_1, decisionId },
    body: {
      ...{ orderId: 'o-1', by: 'officer', reason: 'a letter of the hospital', kind, closes: [] },
      considered: [{ kind: 'violation', id: violationId }],
      permission: { permissionId, conditionIds: ['home'], reason: 'medical', from, until },
    },
  });
  await soon();
};

const withdraws = async (decisionId: string): Promise<void> => {
  const body = { personId: 'manager', reason: 'forged' };
  await asked(office, `POST ${DECISION}/withdraw`, { path: { ...W_1, decisionId }, body });
  await soon();
};

describe('minutes of an absence that two decisions excuse', () => {
  const OPENS = at('2026-03-02T19:30:00Z');
  const ENDS = at('2026-03-02T23:00:00Z');
  const FIRST = { from: at('2026-03-02T20:00:00Z'), until: at('2026-03-02T20:40:00Z') };
  const SECOND = { from: at('2026-03-02T22:00:00Z'), until: at('2026-03-02T22:30:00Z') };
  const all = { from: '2026-03-02T19:50:00Z', until: '2026-03-02T20:50:00Z' };

  it.each([
    ['under one permission', { ...all, permissionId: 'p-d-1' }],
    ['under permissions of their own', all],
    ['one of them as authorised', { ...all, kind: 'authorised-absence' }],
    ['one of them longer', { from: '2026-03-02T19:40:00Z', until: '2026-03-02T21:00:00Z' }],
  ])('come back once, %s, and count again when both are withdrawn', async (_, second) => {
    await live(OPENS, ENDS, [FIRST, SECOND]);
    const before = await addedUp();
    expect(before.absences).toHaveLength(2);
    const other = before.absences[1];
    const alone = (Date.parse(other?.until ?? '') - Date.parse(other?.from ?? '')) / 60_000;
    await letsOff('d-1', all);
    const once = await addedUp();
    expect(once).toMatchObject({ minutes: alone, absences: [other] });
    await letsOff('d-2', second);
    expect(await addedUp()).toEqual(once);
    await withdraws('d-1');
    expect(await addedUp()).toEqual(once);
    await withdraws('d-2');
    expect(await addedUp()).toEqual(before);
  });
});

describe('minutes of an absence while clocks change', () => {
  it.each([
    ['are put back', '2026-10-25', ['01:30:00+01:00', '01:30:00+00:00']],
    ['are put forward', '2026-03-29', ['00:30:00+00:00', '02:30:00+01:00']],
  ])('are those that passed, when clocks %s: they add up, and come back', async (_, day, wall) => {
    const [from = '', until = ''] = wall.map((time) => `${day}T${time}`);
    const [out, back] = [at(from), at(until)];
    const opensAt = later(out, -60);
    const endsAt = later(back, 60);
    await live(opensAt, endsAt, [{ from: out, until: back }]);
    const before = await addedUp();
    // Of the hour the four minutes in which leaving is not certain yet are held against nobody.
    expect(before.minutes).toBe(56);
    const found = await curfewMinutes(opensAt, endsAt);
    expect(found).toMatchObject({ bound: 180, broken: 56, excused: 0, permitted: 0 });
    const half = toIso(later(out, 30));
    await letsOff('d-1', { from, until: half });
    expect((await addedUp()).minutes).toBe(30);
    expect(await curfewMinutes(opensAt, endsAt)).toMatchObject({ bound: 150, permitted: 30 });
    await letsOff('d-2', { from: half, until: toIso(later(back, 10)), kind: 'authorised-absence' });
    expect((await addedUp()).minutes).toBe(0);
    const after = await curfewMinutes(opensAt, endsAt);
    expect(after).toMatchObject({ bound: 110, broken: 0, permitted: 70 });
    await withdraws('d-2');
    await withdraws('d-1');
    expect(await addedUp()).toEqual(before);
  });
});
