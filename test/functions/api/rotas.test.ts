import { describe, expect, it } from 'vitest';
import { MANAGER, OFFICER, ON_CALL } from '#test/support/alerts.ts';
import { rotaApi } from '#test/support/rota-api.ts';
import { layer } from '#test/support/rotas.ts';

const LAYERS = [layer('main', [OFFICER, ON_CALL])];
const LONDON = { name: 'Nights', timeZone: 'Europe/London', otherwise: null };
const shift = (personId: string, startsAt: string, endsAt: string) => ({
  ...{ personId, startsAt, endsAt },
});
const weekly = (handOver: object) => ({ kind: 'weekly', handOver, startsOn: '2026-01-05' });

describe('a rota of layers', () => {
  it('is taken, and says who is on call', async () => {
    const api = await rotaApi();
    const { statusCode, json } = await api.put({ ...LONDON, layers: LAYERS });
    expect([statusCode, json]).toEqual([201, { version: 1, changed: true }]);
    const seen = await api.onCall({ from: '2026-03-03T08:00:00Z', to: '2026-03-04T12:00:00Z' });
    expect(seen.json).toMatchObject({
      ...{ rotaId: 'nights', version: 1, timeZone: 'Europe/London' },
      onCall: [
        {
          ...{ startsAt: '2026-03-03T08:00:00.000Z', endsAt: '2026-03-03T09:00:00.000Z' },
          ...{ people: [OFFICER], by: 'layer', layerId: 'main' },
        },
        { startsAt: '2026-03-03T09:00:00.000Z', people: [ON_CALL] },
        { startsAt: '2026-03-04T09:00:00.000Z', people: [OFFICER] },
      ],
    });
  });

  it('keeps its zone in the spelling of the tz database', async () => {
    const api = await rotaApi();
    await api.put({ ...LONDON, timeZone: 'europe/london', layers: LAYERS });
    expect((await api.get()).json.document.timeZone).toBe('Europe/London');
  });

  it('keeps times that were written by the clock as instants', async () => {
    const api = await rotaApi();
    const shifts = [shift(OFFICER, '2026-07-01T09:00', '2026-07-01T17:00:30+01:00')];
    await api.put({ ...LONDON, shifts, otherwise: MANAGER });
    expect((await api.get()).json.document.shifts).toEqual([
      shift(OFFICER, '2026-07-01T08:00:00.000Z', '2026-07-01T16:00:30.000Z'),
    ]);
  });

  it.each([
    ['a zone that is none', { timeZone: 'Europe/Londn' }, 'unknown-time-zone', 'timeZone'],
    ['no zone for its layers', { timeZone: null }, 'unknown-time-zone', 'timeZone'],
    ['a layer without people', { layers: [layer('main', [])] }, 'invalid-field', 'layers.0.people'],
    [
      'somebody who is not on record',
      { layers: [layer('main', ['ghost'])] },
      'not-on-record',
      'layers.0.people.0',
    ],
    [
      'holidays that are not on record',
      { layers: [layer('main', [OFFICER], { skipHolidays: 'mars' })] },
      'not-on-record',
      'layers.0.skipHolidays',
    ],
    [
      'two layers of one id',
      { layers: [layer('main', [OFFICER]), layer('main', [ON_CALL])] },
      'duplicate',
      'layers.1.layerId',
    ],
    [
      'a rotation without hand-overs',
      {
        layers: [
          layer('main', [OFFICER], {
            rotation: { kind: 'custom', everyDays: 1, handOvers: [], startsOn: '2026-01-05' },
          }),
        ],
      },
      'invalid-field',
      'layers.0.rotation.handOvers',
    ],
    [
      'a rotation whose turns overlap',
      {
        layers: [
          layer('main', [OFFICER], {
            rotation: {
              ...{ kind: 'custom', everyDays: 1, startsOn: '2026-01-05' },
              handOvers: [
                { day: 0, time: '20:00' },
                { day: 0, time: '08:00' },
              ],
            },
          }),
        ],
      },
      'overlapping',
      'layers.0.rotation.handOvers.1',
    ],
    [
      'a hand-over outside its cycle',
      {
        layers: [
          layer('main', [OFFICER], {
            rotation: {
              ...{ kind: 'custom', everyDays: 2, startsOn: '2026-01-05' },
              handOvers: [{ day: 2, time: '08:00' }],
            },
          }),
        ],
      },
      'outside',
      'layers.0.rotation.handOvers.0',
    ],
    [
      'a weekday that is none',
      { layers: [layer('main', [OFFICER], { rotation: weekly({ weekday: 'x', time: '09:00' }) })] },
      'invalid-field',
      'layers.0.rotation.handOver.weekday',
    ],
    [
      'a time of day that is none',
      {
        layers: [layer('main', [OFFICER], { rotation: weekly({ weekday: 'mon', time: '24:00' }) })],
      },
      'invalid-field',
      'layers.0.rotation.handOver.time',
    ],
    [
      'hours that overlap',
      {
        layers: [
          layer('main', [OFFICER], {
            restrictions: [
              { days: ['mon'], start: '09:00', end: '17:00' },
              { days: ['mon'], start: '16:00', end: '18:00' },
            ],
          }),
        ],
      },
      'overlapping',
      'layers.0.restrictions.1',
    ],
    [
      'hours of no length',
      {
        layers: [
          layer('main', [OFFICER], {
            restrictions: [{ days: ['mon'], start: '09:00', end: '09:00' }],
          }),
        ],
      },
      'zero-length',
      'layers.0.restrictions.0.end',
    ],
    [
      'a person in two places at once',
      {
        shifts: [
          shift(OFFICER, '2026-07-01T09:00:00Z', '2026-07-01T17:00:00Z'),
          shift(ON_CALL, '2026-07-01T09:00:00Z', '2026-07-01T17:00:00Z'),
          shift(OFFICER, '2026-07-01T16:59:59Z', '2026-07-01T20:00:00Z'),
        ],
      },
      'two-places',
      'shifts.2',
    ],
    [
      'temporary stretches that overlap',
      {
        temporary: [
          { startsAt: '2026-07-01T00:00:00Z', endsAt: '2026-07-03T00:00:00Z' },
          { startsAt: '2026-07-02T00:00:00Z', endsAt: '2026-07-04T00:00:00Z' },
        ],
      },
      'overlapping',
      'temporary.1',
    ],
    [
      'a shift beyond its temporary stretch',
      {
        temporary: [
          {
            ...{ startsAt: '2026-07-01T00:00:00Z', endsAt: '2026-07-02T00:00:00Z' },
            shifts: [shift(OFFICER, '2026-07-01T00:00:00Z', '2026-07-02T00:00:01Z')],
          },
        ],
      },
      'outside',
      'temporary.0.shifts.0',
    ],
    [
      'a shift that ends before it starts',
      { shifts: [shift(OFFICER, '2026-07-01T09:00:00Z', '2026-07-01T09:00:00Z')] },
      'not-allowed',
      'shifts.0.endsAt',
    ],
    [
      'a time that comes twice',
      { shifts: [shift(OFFICER, '2026-10-25T01:30', '2026-10-25T09:00')] },
      'ambiguous-time',
      'shifts.0.startsAt',
    ],
    [
      'a time that never comes',
      { shifts: [shift(OFFICER, '2027-03-28T01:30', '2027-03-28T09:00')] },
      'missing-time',
      'shifts.0.startsAt',
    ],
    [
      'a time that is none',
      { shifts: [shift(OFFICER, '2026-02-30T09:00', '2026-03-28T09:00')] },
      'not-allowed',
      'shifts.0.startsAt',
    ],
  ])(
    'is refused with %s, which changes nothing and is on record',
    async (_, fields, code, path) => {
      const api = await rotaApi();
      const size = api.items.size;
      const { statusCode, json } = await api.put({ ...LONDON, layers: LAYERS, ...fields });
      expect(statusCode).toBe(422);
      expect(json.problems).toMatchObject([{ code, path, message: expect.any(String) }]);
      expect(api.items.size).toBe(size);
      expect(api.lines.at(-1)).toMatchObject({
        fields: { ids: 'rotaId=nights', reason: 'unacceptable', problems: code },
      });
    },
  );
});

describe('gaps of the next eight weeks', () => {
  // It is 2 March 2026, 20:01 UTC.
  const restrictions = [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '00:00', end: '00:00' },
  ];
  const gappy = { ...LONDON, layers: [layer('week', [OFFICER], { restrictions })] };
  const force = { by: MANAGER, reason: 'nobody is left for weekends' };

  it('are refused, each by name', async () => {
    const api = await rotaApi();
    const { statusCode, json } = await api.put(gappy);
    expect(statusCode).toBe(422);
    expect(json.problems).toHaveLength(8);
    expect(json.problems[0]).toMatchObject({
      ...{ code: 'gap', path: 'otherwise' },
      message: expect.stringContaining('from 2026-03-07T00:00:00.000Z to 2026-03-09T00:00:00.000Z'),
    });
    expect((await api.get()).statusCode).toBe(404);
  });

  it('are not refused where somebody covers otherwise', async () => {
    const api = await rotaApi();
    expect((await api.put({ ...gappy, otherwise: MANAGER })).statusCode).toBe(201);
  });

  it('are taken by force, and it stays on record who forced them', async () => {
    const api = await rotaApi();
    const { statusCode, json } = await api.put({ ...gappy, force });
    expect(statusCode).toBe(201);
    expect(json.warnings).toHaveLength(8);
    const { document } = (await api.get()).json;
    expect(document.gapsForced).toEqual({ ...force, at: '2026-03-02T20:01:00.000Z' });
    expect(document.force).toBeUndefined();
  });

  it('are forced by somebody on record, who says why', async () => {
    const api = await rotaApi();
    const ghost = await api.put({ ...gappy, force: { ...force, by: 'ghost' } });
    expect(ghost.json.problems).toMatchObject([{ code: 'not-on-record', path: 'force.by' }]);
    const mute = await api.put({ ...gappy, force: { ...force, reason: '' } });
    expect(mute.json.problems).toMatchObject([{ path: 'force.reason' }]);
  });

  it('stay as forced when the same is put again, and are forgotten once filled', async () => {
    const api = await rotaApi();
    await api.put({ ...gappy, force });
    expect((await api.put({ ...gappy, force })).json).toMatchObject({ version: 1, changed: false });
    await api.put({ ...gappy, otherwise: MANAGER, force });
    expect((await api.get()).json.document.gapsForced).toBeNull();
  });

  it('nobody forces by writing that they were', async () => {
    const api = await rotaApi();
    const gapsForced = { ...force, at: '2026-01-01T00:00:00Z' };
    expect((await api.put({ ...gappy, gapsForced })).statusCode).toBe(422);
  });

  it('are told with the preview', async () => {
    const api = await rotaApi();
    await api.put({ ...gappy, force });
    const { json } = await api.onCall({});
    const gaps = json.onCall.filter(({ by }: { by: string }) => by === 'nobody');
    expect(gaps).toHaveLength(8);
  });
});

describe('the preview', () => {
  it('is of a rota on record', async () => {
    expect((await (await rotaApi()).onCall({})).statusCode).toBe(404);
  });

  it.each([
    [{ from: '2026-03-03T08:00:00Z', to: '2026-03-03T08:00:00Z' }],
    [{ from: '2026-03-03T08:00:00Z', to: '2026-06-03T08:00:01Z' }],
    [{ from: 'tomorrow' }],
  ])('of %j is refused', async (query) => {
    const api = await rotaApi();
    await api.put({ ...LONDON, layers: LAYERS });
    expect((await api.onCall(query)).statusCode).toBe(422);
  });
});
