import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { bodyOf, HEAD_END } from '#test/support/http.ts';
import { activation, keptIngest } from '#test/support/kept-ingest.ts';

const FIXTURES = new URL('../../fixtures/clients/', import.meta.url);
const sample = (path: string): string => readFileSync(new URL(`${path}.json`, FIXTURES), 'utf8');
const samplesOf = (client: string): string[] =>
  readdirSync(new URL(client, FIXTURES)).map((name) => name.replace('.json', ''));

const ago = { startsAt: instant(0) };
const DEVICES = [
  activation('tag', 'w-1', { ...ago, deviceSerial: '900000000000017' }),
  activation('phone', 'w-2', { ...ago, deviceSerial: 'jo/phone' }),
];
const PHONE = { 'x-limit-u': 'jo', 'x-limit-d': 'phone', 'content-type': 'application/json' };

/** Numbers as far as the trail keeps them, whatever its precision. */
const rounded = (field: string, value: unknown): unknown => {
  if (typeof value !== 'number' || field === 'lat' || field === 'lon') return value;
  return field === 'headingDegrees' ? Math.round(value) : Number(value.toPrecision(3));
};

/** What an event says, without what every event has. */
const said = ([wearerId, event]: readonly [string, DeviceEvent]) => {
  const { activationId, receivedAt, recordedAt, sequence, ...rest } = event;
  const numbered = sequence === 0 ? {} : { sequence };
  const known = Object.entries(rest).filter(
    ([field, value]) => value !== null && value !== 'unknown' && field !== 'accuracyPercentile',
  );
  const fields = known.map(([field, value]) => [field, rounded(field, value)]);
  return { wearerId, at: toIso(recordedAt), ...numbered, ...Object.fromEntries(fields) };
};

type Expected = Readonly<{
  now: string;
  events?: readonly object[];
  refused?: readonly string[];
  ignored?: readonly string[];
}>;

const at = (text: string): Instant => instant(Date.parse(text));
const MARCH = '2026-03-02T08:30:00Z';

const take = async (path: string, { now }: Pick<Expected, 'now'>, token = HEAD_END) => {
  const client = path.split('/')[0] ?? '';
  const kept = keptIngest({ activations: DEVICES, now: at(now) });
  const headers = client === 'owntracks' ? PHONE : { 'content-type': 'application/json' };
  const body = sample(path);
  const response = await kept.post(`POST /v1/ingest/${client}`, { body, headers, who: token });
  return { ...kept, response };
};

const tag = (instantAt: string, fields: object) => ({
  wearerId: 'w-1',
  at: instantAt,
  kind: 'fix',
  source: 'gnss',
  speedMps: 0,
  headingDegrees: 0,
  lat: 48.2105,
  lon: 16.3725,
  ...fields,
});
const tagStatus = (instantAt: string, fields: object) => ({
  wearerId: 'w-1',
  at: instantAt,
  kind: 'device-status',
  ...fields,
});
const phone = (instantAt: string, fields: object) => ({
  wearerId: 'w-2',
  at: instantAt,
  kind: 'fix',
  source: 'gnss',
  ...fields,
});
const phoneStatus = (instantAt: string, fields: object) => ({
  wearerId: 'w-2',
  at: instantAt,
  kind: 'device-status',
  ...fields,
});

const TRACCAR: Readonly<Record<string, Expected>> = {
  'position-v6': { now: MARCH, events: [tag('2026-03-02T01:00:00.000Z', {})] },
  'position-v6-stale-fix': {
    now: MARCH,
    events: [
      tag('2026-03-02T08:15:32.000Z', {}),
      tagStatus('2026-03-02T08:25:32.000Z', { batteryPercent: 41 }),
    ],
  },
  'position-v6-moving': {
    now: MARCH,
    events: [
      tag('2026-03-02T08:15:32.000Z', {
        accuracyMetres: 7.5,
        speedMps: 16.7,
        headingDegrees: 271,
        satellites: 11,
        hdop: 0.9,
      }),
      tagStatus('2026-03-02T08:15:32.000Z', { batteryPercent: 83, charging: true }),
    ],
  },
  'position-v6-network': {
    now: MARCH,
    events: [tag('2026-03-02T08:16:32.000Z', { accuracyMetres: 38, source: 'wifi' })],
  },
  'position-v6-invalid': {
    now: MARCH,
    events: [tagStatus('2026-03-02T08:17:00.000Z', { batteryPercent: 39 })],
    refused: ['position-not-valid'],
  },
  'position-v6-tampering': {
    now: MARCH,
    events: [
      tag('2026-03-02T08:18:00.000Z', {}),
      tagStatus('2026-03-02T08:18:00.000Z', { batteryPercent: 80 }),
      tagStatus('2026-03-02T08:18:00.000Z', { sequence: 1, strap: 'open' }),
      tagStatus('2026-03-02T08:18:00.000Z', { sequence: 5, reception: 'jammed' }),
    ],
  },
  'position-2019-osmand': {
    now: '2019-01-06T11:40:00Z',
    events: [
      tag('2019-01-06T11:39:41.000Z', { lat: 48.21, lon: 16.37, accuracyMetres: 24 }),
      tagStatus('2019-01-06T11:39:41.000Z', { batteryPercent: 66 }),
    ],
  },
  'position-2020-bare': { now: '2020-05-07T09:49:00Z', refused: ['device-not-named'] },
  'position-2020-cell': {
    now: '2020-05-07T09:49:00Z',
    events: [
      tag('2020-05-07T09:48:15.000Z', {
        lat: 48.21,
        lon: 16.37,
        source: 'cell',
        accuracyMetres: 2200,
        headingDegrees: 90,
      }),
      tagStatus('2020-05-07T09:48:15.000Z', { batteryPercent: 53 }),
    ],
  },
  'event-geofenceExit-2016': {
    now: '2016-07-13T12:40:00Z',
    events: [
      tag('2016-07-13T12:36:25.000Z', {
        lat: 48.2250606,
        lon: 16.3058466,
        headingDegrees: 7,
      }),
    ],
    ignored: ['event-geofenceExit'],
  },
  'event-geofenceEnter-v6': {
    now: MARCH,
    events: [tag('2026-03-02T08:10:00.000Z', {})],
    ignored: ['event-geofenceEnter'],
  },
  'event-alarm-v6': {
    now: MARCH,
    events: [tagStatus('2026-03-02T08:10:00.000Z', { sequence: 2, charging: false })],
  },
  'event-deviceOffline-v6': { now: MARCH, ignored: ['event-deviceOffline'] },
};

const OWNTRACKS: Readonly<Record<string, Expected>> = {
  'location-full': {
    now: MARCH,
    events: [
      phone('2026-03-02T08:15:00.000Z', {
        lat: 48.762245,
        lon: 16.074502,
        accuracyMetres: 5,
        speedMps: 21.9,
        headingDegrees: 277,
      }),
      phoneStatus('2026-03-02T08:15:00.000Z', { batteryPercent: 34, charging: false }),
    ],
  },
  'location-with-topic': { now: MARCH, refused: ['null-island'] },
  'location-topic-place': {
    now: MARCH,
    events: [
      phone('2026-03-02T08:16:00.000Z', { lat: 48.21, lon: 16.37, accuracyMetres: 15 }),
      phoneStatus('2026-03-02T08:17:00.000Z', { batteryPercent: 70 }),
    ],
  },
  'transition-leave': {
    now: MARCH,
    events: [
      phone('2026-03-02T08:17:00.000Z', { lat: 48.71234, lon: 16.6123412, accuracyMetres: 3 }),
    ],
  },
  'location-coarse-inregions': {
    now: MARCH,
    events: [
      phone('2026-03-02T08:18:00.000Z', {
        lat: 48.3153748,
        lon: 16.0408462,
        source: 'cell',
        accuracyMetres: 1600,
        headingDegrees: 56,
      }),
      phoneStatus('2026-03-02T08:18:00.000Z', { batteryPercent: 99, charging: true }),
    ],
  },
  'location-array': {
    now: MARCH,
    events: [
      phone('2026-03-02T08:18:00.000Z', {
        lat: 48.3153748,
        lon: 16.0408462,
        source: 'cell',
        accuracyMetres: 1600,
        headingDegrees: 45,
      }),
      phoneStatus('2026-03-02T08:18:00.000Z', { batteryPercent: 99 }),
      phone('2026-03-02T08:18:04.000Z', {
        lat: 12.3153748,
        lon: 15.0408462,
        accuracyMetres: 95,
        headingDegrees: 56,
      }),
      phoneStatus('2026-03-02T08:18:04.000Z', { batteryPercent: 99 }),
    ],
  },
  'invalid-zero-timestamp': { now: MARCH, refused: ['null-island'] },
  waypoint: { now: MARCH, ignored: ['type-waypoint'] },
  encrypted: { now: MARCH, refused: ['encrypted'] },
  lwt: { now: MARCH, ignored: ['type-lwt'] },
  'location-wifi': {
    now: '2019-03-06T12:21:30Z',
    events: [
      phone('2019-03-06T12:21:18.000Z', {
        lat: 46.0681247,
        lon: 11.1512805,
        accuracyMetres: 15,
        speedMps: 0,
      }),
      phoneStatus('2019-03-06T12:21:18.000Z', { batteryPercent: 46 }),
    ],
  },
  'location-driving': {
    now: '2017-06-13T10:23:00Z',
    events: [
      phone('2017-06-13T10:21:56.000Z', {
        lat: 48.85833,
        lon: 2.29513,
        accuracyMetres: 5,
        speedMps: 16.9,
        headingDegrees: 271,
      }),
      phoneStatus('2017-06-13T10:21:56.000Z', { batteryPercent: 67 }),
    ],
  },
  'location-minimal': {
    now: '2017-06-14T21:41:00Z',
    events: [phone('2017-06-14T21:40:56.000Z', { lat: 48.85, lon: 2.295 })],
  },
};

const codesIn = (response: unknown, list: 'refused' | 'ignored', field: string): string[] =>
  Object(response)[list].map((one: Record<string, string>) => one[field]);

describe('what a Traccar server forwards', () => {
  it('is expected of every sample', () => {
    expect(samplesOf('traccar').sort()).toEqual(Object.keys(TRACCAR).sort());
  });

  it.each(Object.entries(TRACCAR))(
    '%s becomes what docs/clients.md says',
    async (name, expected) => {
      const { response, queued } = await take(`traccar/${name}`, expected);
      expect(response.statusCode).toBe(202);
      const answer = bodyOf(response);
      expect(queued().map(said)).toEqual(expected.events ?? []);
      expect(answer).toMatchObject({ accepted: (expected.events ?? []).length });
      expect(codesIn(answer, 'refused', 'code')).toEqual(expected.refused ?? []);
      expect(codesIn(answer, 'ignored', 'why')).toEqual(expected.ignored ?? []);
    },
  );

  it('is the same event as the fix that it copies, so that a copy is a repeat', async () => {
    const stale = await take('traccar/position-v6-stale-fix', { now: MARCH });
    const fresh = await take('traccar/position-v6-moving', { now: MARCH });
    const identity = ([, event]: readonly [string, DeviceEvent] = ['', Object.create(null)]) => {
      const { activationId, kind, recordedAt, sequence } = event;
      return { activationId, kind, recordedAt, sequence };
    };
    expect(identity(stale.queued()[0])).toEqual(identity(fresh.queued()[0]));
  });

  it('is refused when the token speaks for another device', async () => {
    const bound = { ...HEAD_END, deviceSerial: 'another' };
    const { response, queued } = await take('traccar/position-v6', { now: MARCH }, bound);
    expect(codesIn(bodyOf(response), 'refused', 'code')).toEqual(['device-of-another-token']);
    expect(queued()).toEqual([]);
  });

  it.each([
    ['{', 400],
    ['5', 202],
    ['{"device":{"uniqueId":"900000000000017"}}', 202],
    ['{"position":{"fixTime":"yesterday"},"device":{"uniqueId":"900000000000017"}}', 202],
  ])('is answered %#', async (body, status) => {
    const { post, sent } = keptIngest({ activations: DEVICES });
    expect((await post('POST /v1/ingest/traccar', { body })).statusCode).toBe(status);
    expect(sent).toEqual([]);
  });
});

describe('what an OwnTracks phone posts', () => {
  it('is expected of every sample', () => {
    expect(samplesOf('owntracks').sort()).toEqual(Object.keys(OWNTRACKS).sort());
  });

  it.each(Object.entries(OWNTRACKS))(
    '%s becomes what docs/clients.md says, and is answered with 200 and []',
    async (name, expected) => {
      const { response, queued, measured, lines } = await take(`owntracks/${name}`, expected);
      expect([response.statusCode, response.body]).toEqual([200, '[]']);
      expect(queued().map(said)).toEqual(expected.events ?? []);
      const [code] = expected.refused ?? [];
      const counted = code === undefined ? [] : [[`eventsRefused-${code}`, 1]];
      expect(measured.filter(([what]) => what.startsWith('eventsRefused-'))).toEqual(counted);
      const [why] = expected.ignored ?? [];
      const logged = lines.flatMap(({ fields }) => fields.codes ?? fields.why ?? []);
      expect(logged).toEqual([code ?? why ?? []].flat());
    },
  );

  it.each([
    ['', []],
    [' \n', []],
    ['not JSON', ['unreadable-body']],
    ['[', ['unreadable-body']],
    [JSON.stringify(Array.from({ length: 1_001 }, () => 1)), ['unreadable-body']],
    ['[5]', ['not-an-object']],
    ['{"_type":"location","lat":1,"lon":1,"tst":"soon"}', ['invalid-field']],
    ['{"_type":"location","lat":1,"lon":1,"tst":1e400}', ['invalid-field']],
    ['{"_type":"location","lat":1,"lon":1,"acc":-1,"tst":1772439300}', ['position-not-valid']],
    ['{"_type":"location","lat":91,"lon":1,"tst":1772439300}', ['coordinates-out-of-range']],
    ['{"_type":"location","lat":1,"lon":1,"tst":1}', ['recorded-too-old']],
  ])('%j never blocks the queue of the phone, and its fault is on record', async (body, codes) => {
    const { post, lines } = keptIngest({ activations: DEVICES, now: at(MARCH) });
    const response = await post('POST /v1/ingest/owntracks', { body, headers: PHONE });
    expect([response.statusCode, response.body]).toEqual([200, '[]']);
    expect(lines.flatMap(({ fields }) => fields.codes ?? [])).toEqual(codes);
  });

  it.each([
    ['no headers and no topic', {}, HEAD_END, 'device-not-named'],
    ['an unknown device', { ...PHONE, 'x-limit-d': 'tablet' }, HEAD_END, 'activation-unknown'],
    [
      "another's token",
      PHONE,
      { ...HEAD_END, deviceSerial: 'al/phone' },
      'device-of-another-token',
    ],
  ])('is refused under %s', async (_, headers, who, code) => {
    const { post, lines, sent } = keptIngest({ activations: DEVICES, now: at(MARCH) });
    const body = sample('owntracks/location-full');
    await post('POST /v1/ingest/owntracks', { body, headers, who });
    expect(lines.map(({ fields }) => fields.codes)).toEqual([code]);
    expect(sent).toEqual([]);
  });

  it.each(['x'.repeat(65), '\ud800', ''])(
    'that calls itself %j is not looked up, and blocks nothing',
    async (device) => {
      const loadDeviceActivations = () => Promise.reject(new Error('looked up'));
      const { post, lines } = keptIngest({ activations: [], deps: { loadDeviceActivations } });
      const body = { _type: 'location', lat: 1, lon: 1, tst: at(MARCH) / 1000, topic: '' };
      const topic = `owntracks/${device}/phone`;
      const response = await post('POST /v1/ingest/owntracks', {
        body: { ...body, topic },
        headers: {},
      });
      expect(response.statusCode).toBe(200);
      expect(lines).toHaveLength(1);
    },
  );

  it.each([{ toString: 0 }, [{ toString: 0 }], 5, null])(
    'is answered where its topic is %j, and holds up no other message',
    async (topic) => {
      const { post, queued } = keptIngest({ activations: DEVICES, now: at(MARCH) });
      const sound = { _type: 'location', lat: 1, lon: 1, tst: at(MARCH) / 1000 };
      const body = [
        { ...sound, topic },
        { ...sound, topic: 'owntracks/jo/phone' },
      ];
      const response = await post('POST /v1/ingest/owntracks', { body, headers: {} });
      expect(response.statusCode).toBe(200);
      expect(queued().map(([wearerId]) => wearerId)).toEqual(['w-2']);
    },
  );

  it('needs to name no device under a token of its own', async () => {
    const { post, queued } = keptIngest({ activations: DEVICES, now: at(MARCH) });
    const who = { ...HEAD_END, deviceSerial: 'jo/phone' };
    await post('POST /v1/ingest/owntracks', { body: sample('owntracks/location-full'), who });
    expect(queued().map(([wearerId]) => wearerId)).toEqual(['w-2', 'w-2']);
  });
});

describe('a device that has had several wearers', () => {
  const hour = 3_600_000;
  const worn = (id: string, wearerId: string, from: number, until: number | null) =>
    activation(id, wearerId, {
      deviceSerial: 'jo/phone',
      startsAt: at(MARCH) - from * hour,
      endsAt: until === null ? null : at(MARCH) - until * hour,
    });
  const activations = [worn('new', 'w-3', 2, null), worn('old', 'w-2', 9, 4)];

  it.each([
    [1, ['w-3'], []],
    [5, ['w-2'], []],
    [3, [], ['activation-ended']],
    [10, [], ['activation-not-started']],
  ])('speaks, %d hours ago, for whoever wore it then', async (hours, wearers, codes) => {
    const { post, queued, lines } = keptIngest({ activations, now: at(MARCH) });
    const body = { _type: 'location', lat: 1, lon: 1, tst: at(MARCH) / 1000 - hours * 3_600 };
    await post('POST /v1/ingest/owntracks', { body, headers: PHONE });
    expect(queued().map(([wearerId]) => wearerId)).toEqual(wearers);
    expect(lines.flatMap(({ fields }) => fields.codes ?? [])).toEqual(codes);
  });
});
