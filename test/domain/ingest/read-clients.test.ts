import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRead, readEvent } from '#domain/ingest/read-events.ts';
import { readOwnTracks } from '#domain/ingest/read-owntracks.ts';
import { readTraccar } from '#domain/ingest/read-traccar.ts';
import { type Translation, underActivation } from '#domain/ingest/reported-event.ts';
import { instant } from '#domain/model/instant.ts';
import { later, T } from '#test/support/alerts.ts';
import { activation } from '#test/support/kept-ingest.ts';

const WORN = [activation('a-1', 'w-1', { startsAt: instant(0) })];

/** Anything that JSON can hold, and what a client may mean by a field. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.constantFrom('2026-03-02T08:00:00.000+0000', '9999-12-31T23:59:59-12:00', '1969-01-01T00:00Z'),
);
const garbled = (sound: Readonly<Record<string, unknown>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(sound).map(([field, value]) => [
        field,
        fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anything }),
      ]),
    ),
    { requiredKeys: [] },
  );

const ATTRIBUTES = {
  sat: 11,
  hdop: 0.9,
  batteryLevel: 50,
  charge: true,
  alarm: 'tampering,powerCut,sos',
  approximate: true,
};
const POSITION = {
  fixTime: '2026-03-02T08:15:32.000+00:00',
  deviceTime: '2026-03-02T08:15:33.000+00:00',
  valid: true,
  latitude: 48.2,
  longitude: 16.3,
  speed: 10,
  course: 90,
  accuracy: 12,
  network: { wifiAccessPoints: [{}] },
};
const forwarding = fc.record(
  {
    position: fc.oneof(
      fc
        .tuple(garbled(POSITION), fc.oneof(garbled(ATTRIBUTES), anything))
        .map(([position, attributes]) => ({ ...position, attributes })),
      anything,
    ),
    event: fc.oneof(garbled({ type: 'alarm', eventTime: POSITION.fixTime }), anything),
    device: fc.oneof(fc.constant({ uniqueId: 'tag' }), anything),
  },
  { requiredKeys: [] },
);

const MESSAGE = {
  _type: 'location',
  tst: 1_772_439_300,
  created_at: 1_772_439_360,
  lat: 48.2,
  lon: 16.3,
  acc: 5,
  vel: 50,
  cog: 90,
  batt: 50,
  bs: 1,
  topic: 'owntracks/jo/phone',
};
const message = fc.oneof(garbled(MESSAGE), anything);

/** Whatever is reported can be put under an activation, and is read or refused with a reason. */
const isSettled = ({ reported, refused, ignored }: Translation): void => {
  for (const event of reported) {
    const placed = underActivation(event, WORN);
    const read = 'code' in placed ? placed : readEvent(placed);
    if (!isRead(read)) expect(read.message).not.toBe('');
  }
  for (const { message: why, code } of refused) expect([why, code]).not.toContain('');
  for (const { why } of ignored) expect(why).toMatch(/^[a-z]+-[\w-]+$/);
};

describe('whatever a client sends', () => {
  it('of Traccar is translated, refused or ignored, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(forwarding, anything), (sent) => {
        const translation = readTraccar(sent, null);
        isSettled(translation);
        const { refused } = translation;
        const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
        if (!isObject) expect(refused.map(({ code }) => code)).toEqual(['not-an-object']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of OwnTracks is translated, refused or ignored, message by message', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (sent) => {
        const translation = readOwnTracks(sent, { named: 'jo/phone', ofToken: null });
        isSettled(translation);
        const all = Object.values(translation).flat();
        const told = new Set(all.map(({ index }) => index));
        expect([...told].sort()).toEqual(sent.map((_, index) => index));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('speed', () => {
  const speeds = (translation: Translation) =>
    translation.reported.map(({ fields }) => fields.speedMps);

  it.each([
    [0, 0],
    [1, 0.514444],
    [1_000, 514.444],
    [-1, null],
    ['10', null],
  ])('of %j knots is %j metres a second', (speed, expected) => {
    const sent = { position: { ...POSITION, speed, attributes: {} }, device: { uniqueId: 'tag' } };
    const [mps] = speeds(readTraccar(sent, null));
    if (expected === null) expect(mps).toBeNull();
    else expect(mps).toBeCloseTo(expected, 3);
  });

  it.each([
    [36, 10],
    [-1, null],
  ])('of %j km/h is %j metres a second', (vel, expected) => {
    const sent = { ...MESSAGE, vel };
    expect(speeds(readOwnTracks(sent, { named: null, ofToken: null }))[0]).toBe(expected);
  });
});

describe('a stated radius', () => {
  it.each([
    [0, null, 'gnss'],
    [499, 499, 'gnss'],
    [500, 500, 'cell'],
    [200_000, 100_000, 'cell'],
    [Number.POSITIVE_INFINITY, 100_000, 'cell'],
    ['5', null, 'gnss'],
  ])('of %j m is kept as %j, of a position from %s', (acc, accuracyMetres, source) => {
    const { reported } = readOwnTracks({ ...MESSAGE, acc }, { named: null, ofToken: null });
    expect(reported[0]?.fields).toMatchObject({ accuracyMetres, source });
  });
});

describe('an event of a device', () => {
  const event = { index: 0, deviceSerial: 'tag', recordedAt: T, fields: { kind: 'fix' } };

  it('goes to the latest of two activations that hold it', () => {
    const twice = [
      activation('old', 'w-1', { startsAt: later(-200) }),
      activation('new', 'w-2', { startsAt: later(-100) }),
    ];
    expect(underActivation(event, twice)).toMatchObject({ value: { activationId: 'new' } });
  });
});
