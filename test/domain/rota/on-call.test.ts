import { describe, expect, it } from 'vitest';
import { rotaSchema } from '#domain/model/rota.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { shiftsBetween } from '#domain/rota/shifts-between.ts';
import {
  atIso,
  holidaysOn,
  inShort,
  layer,
  layeredRota,
  NO_HOLIDAYS,
} from '#test/support/rotas.ts';

const WEEK = { startAt: atIso('2026-06-01T00:00:00Z'), endAt: atIso('2026-06-08T00:00:00Z') };
const at = (text: string) => atIso(`2026-06-${text}Z`);

const shift = (personId: string, startsAt: string, endsAt: string) => ({
  personId,
  startsAt: `2026-06-${startsAt}:00Z`,
  endsAt: `2026-06-${endsAt}:00Z`,
});

const override = (kind: string, personId: string, fields: object) => ({
  ...{ overrideId: `${kind}-${personId}`, kind, personId, by: 'manager', reason: 'ill' },
  ...fields,
});

const ab = layer('main', ['a', 'b']);

describe('I14: a rota of dated shifts and a cover has somebody on call at every instant', () => {
  const shifts = [shift('a', '03T19:00', '03T20:00'), shift('b', '03T20:00', '03T21:00')];
  const rota = rotaSchema.parse({ rotaId: 'duty', name: 'Duty', shifts, otherwise: 'cover' });

  it.each([
    ['before the first shift', '03T18:59', 'cover'],
    ['from the first instant of a shift', '03T19:00', 'a'],
    ['until the last one before its end', '03T19:59', 'a'],
    ['at the hand-over, the one who comes', '03T20:00', 'b'],
    ['after the last shift', '03T21:00', 'cover'],
  ])('%s', (_, text, personId) => {
    expect(onCallAt(rota, at(text), NO_HOLIDAYS).people).toEqual([personId]);
  });
});

describe('a rotation', () => {
  const shiftsOf = (rotation: object, people = ['a', 'b', 'c']) =>
    inShort(shiftsBetween(layeredRota([layer('main', people, { rotation })]), WEEK, NO_HOLIDAYS));

  it('that is daily hands over each day at the same time of day', () => {
    const rotation = { kind: 'daily', handOver: { time: '09:00' }, startsOn: '2026-06-01' };
    expect(shiftsOf(rotation).slice(0, 4)).toEqual([
      '06-01T00:00 06-01T08:00 ',
      '06-01T08:00 06-02T08:00 a',
      '06-02T08:00 06-03T08:00 b',
      '06-03T08:00 06-04T08:00 c',
    ]);
  });

  it('of every third day hands over on each third', () => {
    const rotation = {
      ...{ kind: 'daily', everyDays: 3, handOver: { time: '00:30' }, startsOn: '2026-05-31' },
    };
    expect(shiftsOf(rotation)).toEqual([
      '06-01T00:00 06-02T23:30 a',
      '06-02T23:30 06-05T23:30 b',
      '06-05T23:30 06-08T00:00 c',
    ]);
  });

  it('that is weekly begins on its weekday, on or after the day on which it starts', () => {
    const handOver = { weekday: 'wed', time: '12:00' };
    const rotation = { kind: 'weekly', handOver, startsOn: '2026-05-21' };
    // The first Wednesday is 27 May.
    expect(shiftsOf(rotation)).toEqual(['06-01T00:00 06-03T11:00 a', '06-03T11:00 06-08T00:00 b']);
  });

  it('of every second week keeps its turns for two', () => {
    const handOver = { weekday: 'mon', time: '00:00' };
    const rotation = { kind: 'weekly', everyWeeks: 2, handOver, startsOn: '2026-05-18' };
    expect(shiftsOf(rotation)).toEqual(['06-01T00:00 06-08T00:00 b']);
  });

  it('of our own making goes round a cycle: day and night', () => {
    const handOvers = [
      { day: 0, time: '08:00' },
      { day: 0, time: '20:00' },
    ];
    const rotation = { kind: 'custom', everyDays: 1, handOvers, startsOn: '2026-05-31' };
    expect(shiftsOf(rotation).slice(0, 4)).toEqual([
      '06-01T00:00 06-01T07:00 b',
      '06-01T07:00 06-01T19:00 c',
      '06-01T19:00 06-02T07:00 a',
      '06-02T07:00 06-02T19:00 b',
    ]);
  });

  it('of our own making goes round a cycle: two, two and three days', () => {
    const handOvers = [0, 2, 4].map((day) => ({ day, time: '00:00' }));
    const rotation = { kind: 'custom', everyDays: 7, handOvers, startsOn: '2026-05-25' };
    expect(shiftsOf(rotation, ['a', 'b'])).toEqual([
      '06-01T00:00 06-02T23:00 b',
      '06-02T23:00 06-04T23:00 a',
      '06-04T23:00 06-07T23:00 b',
      '06-07T23:00 06-08T00:00 a',
    ]);
  });
});

describe('a layer', () => {
  it('counts at its hours only, and the one beneath it at all others', () => {
    const restrictions = [{ days: ['mon', 'tue'], start: '17:00', end: '02:00' }];
    const rota = layeredRota([layer('base', ['z']), layer('evening', ['e'], { restrictions })]);
    expect(inShort(shiftsBetween(rota, WEEK, NO_HOLIDAYS))).toEqual([
      '06-01T00:00 06-01T16:00 z',
      '06-01T16:00 06-02T01:00 e',
      '06-02T01:00 06-02T16:00 z',
      '06-02T16:00 06-03T01:00 e',
      '06-03T01:00 06-08T00:00 z',
    ]);
  });

  it('that is later counts before an earlier one', () => {
    const rota = layeredRota([layer('first', ['a']), layer('second', ['b'])]);
    expect(onCallAt(rota, at('03T12:00'), NO_HOLIDAYS)).toEqual({
      ...{ people: ['b'], from: 'layer', layerId: 'second' },
    });
  });

  it('that skips holidays leaves whole local days to the one beneath it', () => {
    const rota = layeredRota([
      layer('base', ['z']),
      layer('office', ['o'], { skipHolidays: 'england' }),
    ]);
    expect(inShort(shiftsBetween(rota, WEEK, holidaysOn('2026-06-03')))).toEqual([
      '06-01T00:00 06-02T23:00 o',
      '06-02T23:00 06-03T23:00 z',
      '06-03T23:00 06-08T00:00 o',
    ]);
  });

  it('whose holidays are not on record counts every day', () => {
    const rota = layeredRota([layer('office', ['o'], { skipHolidays: 'nowhere' })]);
    expect(inShort(shiftsBetween(rota, WEEK, holidaysOn('2026-06-03')))).toEqual([
      '06-01T00:00 06-08T00:00 o',
    ]);
  });
});

describe('what counts first', () => {
  const rota = layeredRota([ab], {
    otherwise: 'cover',
    shifts: [shift('s', '03T00:00', '05T00:00')],
    temporary: [
      {
        ...{ startsAt: '2026-06-04T00:00:00Z', endsAt: '2026-06-04T12:00:00Z' },
        shifts: [shift('t', '04T00:00', '04T06:00')],
      },
    ],
    overrides: [
      override('replace', 'r', {
        ...{ insteadOf: 't', startsAt: '2026-06-04T05:00:00Z', endsAt: '2026-06-04T07:00:00Z' },
      }),
    ],
  });

  it.each([
    ['02T12:00', ['a'], 'layer'],
    ['03T12:00', ['s'], 'shift'],
    ['04T04:59', ['t'], 'temporary'],
    ['04T05:00', ['r'], 'override'],
    // What a temporary stretch leaves open is not for shifts or layers.
    ['04T06:00', ['cover'], 'otherwise'],
    ['04T12:00', ['s'], 'shift'],
    ['05T00:00', ['a'], 'layer'],
  ])('at %s is %s by %s', (text, people, from) => {
    const found = onCallAt(rota, at(text), NO_HOLIDAYS);
    expect([found.people, found.from]).toEqual([people, from]);
  });

  it('is the shift that began last', () => {
    const shifts = [shift('late', '03T12:00', '05T00:00'), shift('early', '03T00:00', '05T00:00')];
    const both = layeredRota([], { shifts });
    expect(inShort(shiftsBetween(both, WEEK, NO_HOLIDAYS))).toEqual([
      '06-01T00:00 06-03T00:00 ',
      '06-03T00:00 06-03T12:00 early',
      '06-03T12:00 06-05T00:00 late',
      '06-05T00:00 06-08T00:00 ',
    ]);
  });
});

describe('an override', () => {
  const span = { startsAt: '2026-06-03T10:00:00Z', endsAt: '2026-06-03T11:00:00Z' };
  const people = (overrides: readonly object[], fields: object = {}, when = '03T10:30') =>
    onCallAt(layeredRota([ab], { overrides, ...fields }), at(when), NO_HOLIDAYS).people;

  it('adds somebody to whoever is on call', () => {
    expect(people([override('add', 'x', span)])).toEqual(['b', 'x']);
  });

  it('puts somebody in the place of another', () => {
    expect(people([override('replace', 'x', { ...span, insteadOf: 'b' })])).toEqual(['x']);
  });

  it('changes nothing where the other is not on call', () => {
    expect(people([override('replace', 'x', { ...span, insteadOf: 'a' })])).toEqual(['b']);
  });

  it('that removes somebody makes room for what counts next, and leaves no gap', () => {
    const away = [override('remove', 'b', span)];
    expect(people(away, { layers: [layer('base', ['z']), ab] })).toEqual(['z']);
    expect(people(away, { otherwise: 'cover' })).toEqual(['cover']);
  });

  it('that removes the only one there is leaves nobody, and says so', () => {
    const rota = layeredRota([ab], { overrides: [override('remove', 'b', span)] });
    expect(onCallAt(rota, at('03T10:30'), NO_HOLIDAYS)).toEqual({
      ...{ people: [], from: 'nobody', layerId: null },
    });
  });

  it('follows the one before it', () => {
    const chain = [
      override('replace', 'x', { ...span, insteadOf: 'b' }),
      override('replace', 'y', { ...span, insteadOf: 'x' }),
    ];
    expect(people(chain)).toEqual(['y']);
  });

  it.each([
    ['10:00', ['b', 'x']],
    ['10:19', ['b', 'x']],
    ['10:20', ['b']],
  ])('that was cancelled at 10:20 counts until then: at %s %s', (time, expected) => {
    const cancelled = { by: 'manager', reason: 'back', at: '2026-06-03T10:20:00Z' };
    expect(people([override('add', 'x', { ...span, cancelled })], {}, `03T${time}`)).toEqual(
      expected,
    );
  });

  it('that was cancelled before it began never counts', () => {
    const cancelled = { by: 'manager', reason: 'back', at: '2026-06-02T10:20:00Z' };
    const rota = layeredRota([ab], { overrides: [override('add', 'x', { ...span, cancelled })] });
    const stretches = shiftsBetween(rota, WEEK, NO_HOLIDAYS);
    expect(stretches.flatMap((stretch) => stretch.people)).not.toContain('x');
  });
});
