import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MILLISECONDS, instant, toIso } from '#domain/model/instant.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { peopleOn } from '#domain/rota/people-on.ts';
import { gapsOf, personStretches, shiftsBetween } from '#domain/rota/shifts-between.ts';
import { atIso, holidaysOn, layer } from '#test/support/rotas.ts';

const FROM = atIso('2026-10-19T00:00:00Z');
const HOURS = 14 * 24;
const STRETCH = { startAt: FROM, endAt: instant(FROM + HOURS * HOUR_MILLISECONDS) };
const HOLIDAYS = holidaysOn('2026-10-23', '2026-10-28');

const anyPerson = fc.constantFrom('a', 'b', 'c', 'd');
const anyTime = fc
  .tuple(fc.nat({ max: 23 }), fc.constantFrom('00', '15', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const anySpan = fc
  .tuple(fc.integer({ min: -24, max: HOURS }), fc.integer({ min: 1, max: 96 }))
  .map(([start, length]) => ({
    startsAt: toIso(instant(FROM + start * HOUR_MILLISECONDS)),
    endsAt: toIso(instant(FROM + (start + length) * HOUR_MILLISECONDS)),
  }));
const anyDays = fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), {
  minLength: 1,
});

const anyRotation = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('daily'), everyDays: fc.integer({ min: 1, max: 5 }) },
    ...{ handOver: anyTime.map((time) => ({ time })), startsOn: fc.constant('2026-10-01') },
  }),
  fc.record({
    ...{ kind: fc.constant('weekly'), everyWeeks: fc.integer({ min: 1, max: 2 }) },
    handOver: anyTime.map((time) => ({ weekday: 'fri', time })),
    startsOn: fc.constantFrom('2026-09-01', '2026-10-24'),
  }),
);
const anyLayer = fc
  .record({
    people: fc.array(anyPerson, { minLength: 1, maxLength: 4 }),
    rotation: anyRotation,
    restrictions: fc.option(fc.tuple(anyDays, anyTime, anyTime), { nil: null }),
    skipHolidays: fc.constantFrom(null, 'england'),
  })
  .map(({ people, rotation, restrictions, skipHolidays }) =>
    layer('main', people, {
      ...{ rotation, skipHolidays },
      restrictions:
        restrictions === null
          ? []
          : [{ days: restrictions[0], start: restrictions[1], end: restrictions[2] }],
    }),
  );

const anyShift = fc.tuple(anyPerson, anySpan).map(([personId, span]) => ({ personId, ...span }));
const anyOverride = fc
  .tuple(fc.constantFrom('add', 'remove', 'replace'), anyPerson, anyPerson, anySpan)
  .map(([kind, personId, insteadOf, span]) => ({
    ...{ overrideId: 'o', kind, personId, insteadOf, by: 'm', reason: 'x' },
    ...span,
  }));

const anyRota: fc.Arbitrary<Rota> = fc
  .record({
    timeZone: fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe'),
    layers: fc.array(anyLayer, { maxLength: 3 }),
    shifts: fc.array(anyShift, { maxLength: 4 }),
    temporary: fc.array(
      fc
        .tuple(anySpan, fc.array(anyShift, { maxLength: 2 }))
        .map(([span, shifts]) => ({ ...span, shifts })),
      { maxLength: 1 },
    ),
    overrides: fc.array(anyOverride, { maxLength: 4 }),
    otherwise: fc.constantFrom('z', null),
  })
  .map((fields) => rotaSchema.parse({ rotaId: 'any', name: 'Any', ...fields }));

const anyMoment = fc
  .integer({ min: 0, max: HOURS * 60 - 1 })
  .map((minutes) => instant(FROM + minutes * 60_000));

describe('I14, of whatever rota', () => {
  it('divides a stretch into stretches that leave nothing out and share nothing', () => {
    fc.assert(
      fc.property(anyRota, (rota) => {
        const found = shiftsBetween(rota, STRETCH, HOLIDAYS);
        expect(found[0]?.startAt).toBe(STRETCH.startAt);
        expect(found.at(-1)?.endAt).toBe(STRETCH.endAt);
        for (const [i, { startAt, endAt, people, from }] of found.entries()) {
          expect(startAt).toBeLessThan(endAt);
          if (i > 0) expect(found[i - 1]?.endAt).toBe(startAt);
          expect(people.length === 0).toBe(from === 'nobody');
          expect(new Set(people).size).toBe(people.length);
        }
      }),
    );
  });

  it('says of an instant what it says of the stretch that holds it', () => {
    fc.assert(
      fc.property(anyRota, anyMoment, (rota, at) => {
        const { people, from, layerId } = onCallAt(rota, at, HOLIDAYS);
        const held = shiftsBetween(rota, STRETCH, HOLIDAYS).find(
          ({ startAt, endAt }) => startAt <= at && at < endAt,
        );
        expect({ people, from, layerId }).toEqual({
          ...{ people: held?.people, from: held?.from, layerId: held?.layerId },
        });
      }),
    );
  });

  it('has only people on call whom it names', () => {
    fc.assert(
      fc.property(anyRota, anyMoment, (rota, at) => {
        const named = peopleOn(rota);
        for (const personId of onCallAt(rota, at, HOLIDAYS).people) {
          expect(named).toContain(personId);
        }
      }),
    );
  });

  it('that names a cover whom no override takes away has no gap', () => {
    fc.assert(
      fc.property(anyRota, (rota) => {
        fc.pre(rota.otherwise !== null);
        expect(gapsOf(rota, STRETCH, HOLIDAYS)).toEqual([]);
      }),
    );
  });

  it('gives each person stretches of their own that never touch, and no time to nobody', () => {
    fc.assert(
      fc.property(anyRota, anyMoment, (rota, at) => {
        const found = shiftsBetween(rota, STRETCH, HOLIDAYS);
        for (const personId of peopleOn(rota)) {
          const theirs = personStretches(found, personId);
          for (const [i, { startAt }] of theirs.entries()) {
            expect(startAt).toBeGreaterThan(theirs[i - 1]?.endAt ?? 0);
          }
          const isOn = theirs.some(({ startAt, endAt }) => startAt <= at && at < endAt);
          expect(isOn).toBe(onCallAt(rota, at, HOLIDAYS).people.includes(personId));
        }
      }),
    );
  });

  it('with an override has the person on call whom it adds, and never the one it removes', () => {
    fc.assert(
      fc.property(anyRota, anyMoment, (rota, at) => {
        const { people } = onCallAt(rota, at, HOLIDAYS);
        const running = rota.overrides.filter((one) => one.startsAt <= at && at < one.endsAt);
        const added = running.filter(({ kind }) => kind === 'add');
        for (const { personId } of added) expect(people).toContain(personId);
        const [only] = running;
        if (running.length !== 1 || only?.kind !== 'remove') return;
        expect(people).not.toContain(only.personId);
      }),
    );
  });
});
