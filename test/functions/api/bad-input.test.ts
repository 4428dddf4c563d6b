import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';
import { DOCUMENTS } from './documents.ts';

type Api = ReturnType<typeof keptApi>;
type Problem = Readonly<{ code: string; path: string; message: string }>;

const before = async (name: string): Promise<Readonly<{ api: Api; body: object }>> => {
  const api = keptApi();
  for (const { route, path, body } of DOCUMENTS) {
    if (route.includes(name)) return { api, body };
    await api.ask(`PUT ${route}`, { path, body });
  }
  throw new Error(`no test document ${name}`);
};

const PATHS = {
  zones: { route: '/v1/zones/{zoneId}', path: { zoneId: 'school' } },
  timetables: { route: '/v1/timetables/{timetableId}', path: { timetableId: 'night' } },
  orders: {
    route: '/v1/wearers/{wearerId}/orders/{orderId}',
    path: { wearerId: 'w-1', orderId: 'o-1' },
  },
} as const;

/** What a document of one kind is refused for, having left everything on record as it was. */
const refusedFor = async (kind: keyof typeof PATHS, fields: object): Promise<Problem[]> => {
  const { api, body } = await before(kind);
  const kept = [...api.items.keys()];
  const { route, path } = PATHS[kind];
  const response = await api.ask(`PUT ${route}`, { path, body: { ...body, ...fields } });
  expect(response).toMatchObject({ statusCode: 422, json: { code: 'unacceptable' } });
  expect([...api.items.keys()]).toEqual(kept);
  return response.json.problems;
};

const polygon = (...coordinates: readonly number[][][]) => ({
  shape: { type: 'Polygon', coordinates },
});
const box = (...[west, south, east, north]: readonly [number, number, number, number]) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

describe('a zone that cannot be watched is refused, its field named and nothing saved', () => {
  it.each<[string, object, string, string, RegExp]>([
    [
      'meets itself',
      polygon([
        [0, 51],
        [0.1, 51.1],
        [0.1, 51],
        [0, 51.1],
        [0, 51],
      ]),
      'self-intersection',
      'shape.coordinates.0.0',
      /edge 0 \(\[0, 51\] to \[0.1, 51.1\]\) crosses edge 2 .* at \[0.05, 51.05\]/,
    ],
    ['is empty', polygon(), 'empty', 'shape.coordinates', /it has no ring/],
    ['has an empty ring', polygon([]), 'too-few-positions', 'shape.coordinates.0', /this has 0/],
    ['has no shape', { shape: undefined }, 'malformed', 'shape', /send a shape: a Circle/],
    [
      'is larger than 1,000 km',
      polygon(box(-10, 50, 10, 51)),
      'too-large',
      'shape.coordinates',
      /14\d\d km across; the most is 1000 km/,
    ],
    [
      'is a circle larger than 1,000 km',
      { shape: { type: 'Circle', centre: { lat: 51, lon: 0 }, radiusMetres: 500_001 } },
      'out-of-range',
      'shape.radiusMetres',
      /500001 is out of range/,
    ],
    [
      'has a hole outside of it',
      polygon(box(0, 51, 0.1, 51.1), box(1, 51, 1.1, 51.1)),
      'hole-outside',
      'shape.coordinates.1',
      /inside its shell/,
    ],
  ])('one that %s', async (_, fields, code, path, message) => {
    const problems = await refusedFor('zones', fields);
    expect(problems).toContainEqual({ code, path, message: expect.stringMatching(message) });
  });
});

describe("a zone beside its agency's area", () => {
  const KENT = { name: 'Kent', shape: { type: 'Polygon', coordinates: [box(0, 50.9, 1.5, 51.5)] } };
  const SCHOOL = { lat: 51.28, lon: 1.08 };
  const zone = (shape: object) => ({ name: 'School', kind: 'exclusion', shape });
  const circle = (centre: object) => zone({ type: 'Circle', centre, radiusMetres: 200 });
  const ring = (turn: boolean) =>
    box(1.05, 51.2, 1.1, 51.3).map((at) => (turn ? at.toReversed() : at));

  const put = async (body: object) => {
    const api = keptApi();
    expect((await api.ask('PUT /v1/area', { body: KENT })).statusCode).toBe(201);
    const size = api.items.size;
    const response = await api.ask('PUT /v1/zones/{zoneId}', { path: { zoneId: 'school' }, body });
    return { response, added: api.items.size - size };
  };

  it.each<[string, object, string]>([
    ['circle', circle({ lat: SCHOOL.lon, lon: SCHOOL.lat }), 'shape.centre'],
    ['polygon', zone({ type: 'Polygon', coordinates: [ring(true)] }), 'shape.coordinates'],
    [
      'zone of several parts',
      zone({ type: 'MultiPolygon', coordinates: [[ring(true)]] }),
      'shape.coordinates',
    ],
  ])('is refused, as a %s, with latitude and longitude the wrong way round', async (...row) => {
    const { response, added } = await put(row[1]);
    expect(response.json.problems).toEqual([
      {
        code: 'swapped-coordinates',
        path: row[2],
        message: expect.stringMatching(/outside Kent, .* the other way round/),
      },
    ]);
    expect(added).toBe(0);
  });

  it('is taken without a word inside it', async () => {
    for (const body of [circle(SCHOOL), zone({ type: 'Polygon', coordinates: [ring(false)] })]) {
      const { response } = await put(body);
      expect(response).toMatchObject({ statusCode: 201, json: { version: 1 } });
      expect(response.json.warnings).toBeUndefined();
    }
  });

  it('is taken where it holds the whole area, or reaches into it', async () => {
    for (const shape of [
      { type: 'Polygon', coordinates: [box(-1, 50, 3, 53)] },
      { type: 'Circle', centre: { lat: 51.2, lon: -0.5 }, radiusMetres: 40_000 },
    ]) {
      const { response } = await put(zone(shape));
      expect(response.json).toEqual({ version: 1, changed: true });
    }
  });

  it('is taken with a warning anywhere else: a victim may have moved', async () => {
    const { response } = await put(circle({ lat: 55.95, lon: -3.19 }));
    expect(response).toMatchObject({
      statusCode: 201,
      json: { warnings: [{ code: 'outside-area', path: 'shape.centre' }] },
    });
  });

  it('may be anywhere as long as no area is on record', async () => {
    const { api } = await before('zones');
    const body = circle({ lat: SCHOOL.lon, lon: SCHOOL.lat });
    const response = await api.ask('PUT /v1/zones/{zoneId}', { path: { zoneId: 'x' }, body });
    expect(response.statusCode).toBe(201);
  });
});

describe('the area of an agency', () => {
  const put = (api: Api, body: object) => api.ask('PUT /v1/area', { body });

  it('is read back as it was put', async () => {
    const api = keptApi();
    expect((await api.ask('GET /v1/area')).statusCode).toBe(404);
    const body = { name: 'Kent', ...polygon(box(0, 50.9, 1.5, 51.5)) };
    expect((await put(api, body)).json).toEqual({ version: 1, changed: true });
    expect((await put(api, body)).json).toEqual({ version: 1, changed: false });
    expect((await api.ask('GET /v1/area')).json.document).toEqual(body);
  });

  it.each<[string, object, string]>([
    ['without a name', polygon(box(0, 50, 1, 51)), 'name'],
    ['without a shape', { name: 'Kent' }, 'shape'],
    ['that is empty', { name: 'Kent', ...polygon() }, 'shape.coordinates'],
  ])('is refused %s, and nothing is saved', async (_, body, path) => {
    const api = keptApi();
    const response = await put(api, body);
    expect(response).toMatchObject({ statusCode: 422, json: { problems: [{ path }] } });
    expect(api.items.size).toBe(0);
  });
});

describe('a timetable that cannot be followed is refused by its field, nothing saved', () => {
  const night = { days: ['mon', 'tue'], start: '19:00', end: '07:00' };
  const absence = { kind: 'permitted-absence', reason: 'work' };

  it.each<[string, object, string, string, RegExp]>([
    [
      'windows that overlap',
      { windows: [night, { days: ['tue'], start: '06:00', end: '08:00' }] },
      'overlapping-windows',
      'windows.1',
      /overlaps windows\[0\] from tue 06:00 to tue 07:00/,
    ],
    [
      'a window of no length',
      { windows: [{ ...night, end: '19:00' }] },
      'zero-length',
      'windows.0.end',
      /has no length/,
    ],
    [
      'an unknown time zone',
      { timeZone: 'Europe/Londn' },
      'unknown-time-zone',
      'timeZone',
      /Europe\/Londn is no IANA time zone/,
    ],
    [
      'an offset for a time zone',
      { timeZone: '+01:00' },
      'unknown-time-zone',
      'timeZone',
      /no IANA time zone/,
    ],
    [
      'a time that does not exist',
      {
        timeZone: 'Europe/London',
        exceptions: [{ ...absence, from: '2026-03-29T01:30', until: '2026-03-29T05:00' }],
      },
      'missing-time',
      'exceptions.0.from',
      /2026-03-29T01:30 does not exist in Europe\/London/,
    ],
    [
      'an hour 25',
      { windows: [{ ...night, end: '25:00' }] },
      'malformed',
      'windows.0.end',
      /07?:?/,
    ],
    ['no hours at all', { windows: [] }, 'never-active', 'windows', /never be active/],
  ])('one with %s', async (_, fields, code, path, message) => {
    const problems = await refusedFor('timetables', fields);
    expect(problems).toContainEqual({ code, path, message: expect.stringMatching(message) });
  });

  it.each<[string, object[], string[]]>([
    [
      '112 hours a week',
      [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '16:00', end: '08:00' }],
      [],
    ],
    [
      'more than 112 hours a week',
      [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '16:00', end: '08:01' }],
      ['over-112-hours-a-week'],
    ],
    [
      'more than 20 hours a day',
      [{ days: ['sat'], start: '01:00', end: '21:30' }],
      ['over-20-hours-a-day'],
    ],
  ])('one of %s is taken, with a warning where it is unlawful somewhere', async (...row) => {
    const { api, body } = await before('timetables');
    const { route, path } = PATHS.timetables;
    const response = await api.ask(`PUT ${route}`, { path, body: { ...body, windows: row[1] } });
    expect(response.statusCode).toBe(201);
    const warnings = response.json.warnings ?? [];
    expect(warnings.map(({ code }: Problem) => code)).toEqual(row[2]);
    for (const warning of warnings) expect(warning.path).toBe('windows');
  });
});

describe('an order that cannot be watched is refused, its field named and nothing saved', () => {
  it.each<[string, object, string, string]>([
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'unknown-time-zone', 'timeZone'],
    [
      'a start that does not exist',
      { startsAt: '2026-02-30T10:00:00Z' },
      'invalid-field',
      'startsAt',
    ],
    ['a start without an offset', { startsAt: '2026-03-29T01:30:00' }, 'invalid-field', 'startsAt'],
  ])('one with %s', async (_, fields, code, path) => {
    const problems = await refusedFor('orders', fields);
    expect(problems).toContainEqual({ code, path, message: expect.any(String) });
  });
});

describe('an order with thresholds that no rule has is refused by its field, nothing saved', () => {
  it.each<[string, object, string, string]>([
    [
      'a number out of bounds',
      { deviceCare: { thresholds: { 'device-silent': { alarmSeconds: 1 } } } },
      'out-of-bounds',
      'deviceCare.thresholds.device-silent.alarmSeconds',
    ],
    [
      'a name that the rule does not have',
      { deviceCare: { thresholds: { 'device-silent': { patience: 900 } } } },
      'unknown-threshold',
      'deviceCare.thresholds.device-silent.patience',
    ],
    [
      'a rule that watches something else',
      { deviceCare: { thresholds: { 'curfew-absence': { graceSeconds: 600 } } } },
      'unknown-rule',
      'deviceCare.thresholds.curfew-absence',
    ],
    [
      'an early sign out of bounds',
      { earlySigns: { thresholds: { 'early-warning': { nearCount: -1 } } } },
      'out-of-bounds',
      'earlySigns.thresholds.early-warning.nearCount',
    ],
  ])('one with %s', async (_, fields, code, path) => {
    expect(await refusedFor('orders', fields)).toMatchObject([{ code, path }]);
  });
});

describe('an order that nobody can keep to is refused, its field named and nothing saved', () => {
  it('one whose curfew address lies in a zone that it closes at the same hours', async () => {
    const curfew = { conditionId: 'home', kind: 'curfew', timetableId: 'night' };
    const problems = await refusedFor('orders', {
      conditions: [
        { ...curfew, place: { label: '1 School Lane', lat: 51.5105, lon: -0.1 } },
        { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' },
      ],
    });
    expect(problems).toEqual([
      {
        path: 'conditions.0.place',
        code: 'address-not-allowed',
        message: expect.stringMatching(/1 School Lane lies 145 m inside the zone of .* school/),
      },
    ]);
  });
});
