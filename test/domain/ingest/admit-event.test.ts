import { describe, expect, it } from 'vitest';
import { type Admission, admitEvent, isAdmitted } from '#domain/ingest/admit-event.ts';
import { isRead, readEvent } from '#domain/ingest/read-events.ts';
import { headEndIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { later, T } from '#test/support/alerts.ts';

const OURS = headEndIdSchema.parse('head-end');
const THEIRS = headEndIdSchema.parse('another');

const activation = (fields = {}) =>
  activationSchema.parse({
    activationId: 'a-1',
    wearerId: 'w-1',
    headEndId: 'head-end',
    deviceSerial: 'T-1',
    startsAt: later(-86_400),
    endsAt: null,
    ...fields,
  });

const admit = (recordedSeconds: number, admission: Partial<Admission> = {}) => {
  const recordedAt = toIso(later(recordedSeconds));
  const value = { kind: 'fix', activationId: 'a-1', recordedAt, lat: 51.123456789, lon: -0.1 };
  const read = readEvent({ index: 4, value });
  if (!isRead(read)) throw new Error('the test event is unsound');
  const known = {
    activation: activation(),
    headEndId: OURS,
    deviceSerial: null,
    receivedAt: T,
  };
  return admitEvent(read, { ...known, ...admission });
};

const ended = activation({ endsAt: later(-60) });
const old = activation({ startsAt: later(-40 * 86_400) });

describe('an event is admitted', () => {
  it.each([
    ['from the first instant of its activation', -86_400, activation()],
    ['until the last before its end', -60.001, ended],
    ['up to five minutes ahead of our clock', 300, activation()],
    ['up to thirty days late', -30 * 86_400, old],
  ])('%s', (_, seconds, known) => {
    const result = admit(seconds, { activation: known });
    expect(result).toMatchObject({ index: 4, wearerId: 'w-1', event: { receivedAt: T } });
  });

  it('rounded as it will be kept', () => {
    const result = admit(0);
    expect(isAdmitted(result) && result.event).toMatchObject({ lat: 51.1234568 });
  });
});

describe('an event is refused', () => {
  it.each([
    ['more than five minutes ahead', 300.001, {}, 'recorded-in-future', 'recordedAt'],
    [
      'more than thirty days late',
      -30 * 86_400 - 1,
      { activation: old },
      'recorded-too-old',
      'recordedAt',
    ],
    ['of no activation', 0, { activation: null }, 'activation-unknown', 'activationId'],
    ['before its activation', -86_401, {}, 'activation-not-started', 'recordedAt'],
    [
      'from the end of its activation',
      -60,
      { activation: ended },
      'activation-ended',
      'recordedAt',
    ],
  ])('%s', (_, seconds, admission, code, path) => {
    expect(admit(seconds, admission)).toMatchObject({ index: 4, code, path });
  });

  it("of another head-end's device as if there were no such activation", () => {
    expect(admit(0, { headEndId: THEIRS })).toEqual(admit(0, { activation: null }));
  });
});
