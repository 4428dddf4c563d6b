import { describe, expect, it } from 'vitest';
import { rotaSchema, writtenRotaSchema } from '#domain/model/rota.ts';
import { gapsAhead } from '#domain/rota/judge-rota.ts';
import { resolveRota } from '#domain/rota/resolve-moments.ts';
import { gapsOf, shiftsBetween } from '#domain/rota/shifts-between.ts';
import { turnsIn } from '#domain/rota/turns.ts';
import { readClock } from '#domain/time/local-clock.ts';
import { atIso, inShort, layer, layeredRota, NO_HOLIDAYS } from '#test/support/rotas.ts';

const between = (rota: Parameters<typeof shiftsBetween>[0], from: string, to: string) =>
  inShort(shiftsBetween(rota, { startAt: atIso(from), endAt: atIso(to) }, NO_HOLIDAYS));

describe('shifts kept in UTC moved by an hour (grafana/oncall#3261, #2817, #5512)', () => {
  it('a hand-over at 09:00 is at 09:00 on the wall before the change and after it', () => {
    const rota = layeredRota([layer('main', ['a', 'b'])]);
    expect(between(rota, '2026-10-24T08:00Z', '2026-10-27T09:00Z')).toEqual([
      '10-24T08:00 10-25T09:00 a',
      '10-25T09:00 10-26T09:00 b',
      '10-26T09:00 10-27T09:00 a',
    ]);
  });

  it('a layer’s hours stay at 17:00 and 09:00 (prometheus/alertmanager#2648)', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const restrictions = [{ days, start: '17:00', end: '09:00' }];
    const rota = layeredRota([layer('night', ['n'], { restrictions })], { otherwise: 'day' });
    expect(between(rota, '2026-03-28T17:00Z', '2026-03-30T16:00Z')).toEqual([
      '03-28T17:00 03-29T08:00 n',
      '03-29T08:00 03-29T16:00 day',
      '03-29T16:00 03-30T08:00 n',
      '03-30T08:00 03-30T16:00 day',
    ]);
  });
});

describe('an hour was missing, or doubled, at a clock change (grafana/oncall#5247, #5455)', () => {
  const handOver = (time: string) => ({
    rotation: { kind: 'daily', handOver: { time }, startsOn: '2026-01-05' },
  });

  it('where the hand-over comes twice the one who goes stays until the last', () => {
    const rota = layeredRota([layer('main', ['a', 'b'], handOver('01:30'))]);
    expect(between(rota, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '10-24T12:00 10-25T00:30 a',
      '10-25T00:30 10-25T01:30 a+b',
      '10-25T01:30 10-25T12:00 b',
    ]);
  });

  it('where the hand-over never comes it is at the first instant after the gap', () => {
    const rota = layeredRota([layer('main', ['a', 'b'], handOver('01:30'))]);
    expect(between(rota, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([
      '03-28T12:00 03-29T01:00 a',
      '03-29T01:00 03-29T12:00 b',
    ]);
  });

  it('half an hour is half an hour on Lord Howe Island', () => {
    const rota = layeredRota([layer('main', ['a', 'b'], handOver('01:45'))], {
      timeZone: 'Australia/Lord_Howe',
    });
    // Clocks go from 02:00 back to 01:30 at 15:00 UTC.
    expect(between(rota, '2026-04-04T12:00Z', '2026-04-05T12:00Z')).toEqual([
      '04-04T12:00 04-04T14:45 b',
      '04-04T14:45 04-04T15:15 b+a',
      '04-04T15:15 04-05T12:00 a',
    ]);
  });

  it('a day that Samoa skipped leaves no hole', () => {
    const main = layer('main', ['a', 'b', 'c'], {
      rotation: { kind: 'daily', handOver: { time: '12:00' }, startsOn: '2011-12-28' },
    });
    const rota = layeredRota([main], { timeZone: 'Pacific/Apia' });
    // The 30th was skipped at midnight: the turn of its noon begins as the 31st does.
    expect(between(rota, '2011-12-28T22:00Z', '2012-01-01T10:00Z')).toEqual([
      '12-28T22:00 12-29T22:00 a',
      '12-29T22:00 12-30T10:00 b',
      '12-30T10:00 12-30T22:00 c',
      '12-30T22:00 12-31T22:00 a',
      '12-31T22:00 01-01T10:00 b',
    ]);
  });

  it('I15: starts strictly increase also where two hand-overs fall into one gap', () => {
    const handOvers = ['01:10', '01:50', '09:00'].map((time) => ({ day: 0, time }));
    const rotation = { kind: 'custom', everyDays: 1, handOvers, startsOn: '2026-01-01' };
    const [main] = layeredRota([layer('main', ['a', 'b', 'c'], { rotation })]).layers;
    const stretch = { startAt: atIso('2026-03-28T12:00Z'), endAt: atIso('2026-03-29T12:00Z') };
    const clock = readClock('Europe/London', stretch.startAt, stretch.endAt);
    const turns = main === undefined ? [] : turnsIn(main, clock, stretch);
    expect(inShort(turns.map((turn) => ({ ...turn, people: [turn.personId] })))).toEqual([
      '03-28T09:00 03-29T01:00 c',
      '03-29T01:00 03-29T08:00 b',
      '03-29T08:00 03-30T00:10 c',
    ]);
  });
});

describe('an alarm spoke of gaps that were long past (grafana/oncall#2953, #1108)', () => {
  const shifts = [
    { personId: 'a', startsAt: '2026-06-01T08:00:00Z', endsAt: '2026-06-01T16:00:00Z' },
    { personId: 'b', startsAt: '2026-06-02T08:00:00Z', endsAt: '2026-08-15T08:00:00Z' },
  ];
  const rota = rotaSchema.parse({ rotaId: 'duty', name: 'Duty', shifts, otherwise: null });

  it('the night that nobody covered is told before it is over, and not after', () => {
    const asked = (now: string) => gapsAhead(rota, { now: atIso(now), holidays: NO_HOLIDAYS });
    expect(asked('2026-06-01T12:00Z')).toEqual([
      { startAt: atIso('2026-06-01T16:00Z'), endAt: atIso('2026-06-02T08:00Z') },
    ]);
    expect(asked('2026-06-02T08:00Z')).toEqual([]);
  });

  it('a gap that runs is told from now on, and one beyond eight weeks is not', () => {
    const now = atIso('2026-06-20T08:00Z');
    // Eight weeks from the 20th of June is the 15th of August, 08:00.
    expect(gapsAhead(rota, { now, holidays: NO_HOLIDAYS })).toEqual([]);
    const later = atIso('2026-06-20T08:01Z');
    expect(gapsAhead(rota, { now: later, holidays: NO_HOLIDAYS })).toEqual([
      { startAt: atIso('2026-08-15T08:00Z'), endAt: atIso('2026-08-15T08:01Z') },
    ]);
  });

  it('and what is past is still known', () => {
    const past = { startAt: atIso('2026-06-01T00:00Z'), endAt: atIso('2026-06-02T00:00Z') };
    expect(gapsOf(rota, past, NO_HOLIDAYS)).toHaveLength(2);
  });
});

describe('a time that people write, and that never comes or comes twice (opsknight#378)', () => {
  const resolved = (startsAt: string, endsAt: string, timeZone: string | null = 'Europe/London') =>
    resolveRota(
      writtenRotaSchema.parse({
        ...{ rotaId: 'duty', name: 'Duty', timeZone, otherwise: null },
        shifts: [{ personId: 'a', startsAt, endsAt }],
      }),
    );

  it.each([
    [
      'comes twice',
      '2026-10-25T01:30',
      'ambiguous-time',
      'write 2026-10-25T01:30+01:00 or 2026-10-25T01:30+00:00',
    ],
    [
      'never comes',
      '2026-03-29T01:30',
      'missing-time',
      'write 2026-03-29T00:30+00:00 or 2026-03-29T02:30+01:00',
    ],
  ])('and that %s is refused with both readings', (_, startsAt, code, readings) => {
    const { problems } = resolved(startsAt, '2026-12-01T00:00');
    expect(problems).toMatchObject([
      { code, path: 'shifts.0.startsAt', message: expect.stringContaining(readings) },
    ]);
  });

  it('is taken once it says which is meant', () => {
    const { value, problems } = resolved('2026-10-25T01:30+00:00', '2026-10-25T12:00');
    expect(problems).toEqual([]);
    expect(value.shifts).toEqual([
      {
        ...{ personId: 'a', startsAt: '2026-10-25T01:30:00.000Z' },
        endsAt: '2026-10-25T12:00:00.000Z',
      },
    ]);
  });

  it('needs a zone to be read in', () => {
    const { problems } = resolved('2026-10-25T01:30', '2026-10-25T12:00:00Z', null);
    expect(problems).toMatchObject([{ code: 'wrong-offset', path: 'shifts.0.startsAt' }]);
  });

  it('is found wherever it stands', () => {
    const span = { startsAt: '2026-10-25T01:30', endsAt: '2026-10-26T01:30' };
    const override = { overrideId: 'o', kind: 'add', personId: 'a', by: 'm', reason: 'x', ...span };
    const { problems } = resolveRota(
      writtenRotaSchema.parse({
        ...{ rotaId: 'duty', name: 'Duty', timeZone: 'Europe/London', otherwise: null },
        temporary: [{ ...span, shifts: [{ personId: 'a', ...span }] }],
        overrides: [override],
      }),
    );
    expect(problems.map(({ path }) => path)).toEqual([
      'temporary.0.startsAt',
      'temporary.0.shifts.0.startsAt',
      'overrides.0.startsAt',
    ]);
  });
});
