import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { check, fix } from '#test/support/events.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, near, walk } from '#test/support/walks.ts';

const foundIn = (
  events: readonly DeviceEvent[],
  until: Instant,
  supervision = superviseWith(),
): Violation => {
  const result = evaluate({ supervision, state: null, events, until });
  const change = result.changes.find(
    ({ mark }) => mark.watchId === 'school' || mark.watchId === 'curfew',
  );
  if (change === undefined) throw new Error('nothing was found');
  const inputs = [...result.closed.flatMap((slice) => slice.inputs), ...result.state.slice.inputs];
  const violation = violationOf(change, { supervision, inputs, detectedAt: until, revision: 1 });
  if (violation === null) throw new Error('its condition is not watched');
  return violation;
};

describe('given a wearer who has walked into a zone', () => {
  const violation = foundIn(walk([8, BETWEEN], [2, SCHOOL]), minute(9));

  it('rests on the fixes inside, and on none of those before', () => {
    expect(violation.evidence.map(({ recordedAt }) => recordedAt)).toEqual([minute(8), minute(9)]);
  });

  it('says how deep the last of them lies, and names the other explanation', () => {
    expect(violation.distanceMetres).toBeGreaterThan(150);
    expect(violation).toMatchObject({ status: 'open', competing: { hypothesis: 'elsewhere' } });
  });
});

describe('given a fix inside the zone that nobody can have gone to', () => {
  it('is no evidence of what came after it', () => {
    const minded = superviseWith(undefined, { deviceCare: {} });
    const far = { lat: SCHOOL.lat - 3, lon: SCHOOL.lon };
    const way = walk([8, BETWEEN], [3, SCHOOL]);
    const stray = fix(minute(-60), SCHOOL);
    const before = [-64, -63, -62, -61].map((n) => fix(minute(n), near(far, n)));
    const rests = foundIn([...before, stray, ...way], minute(10), minded).evidence;
    expect(rests.map(({ recordedAt }) => recordedAt)).not.toContain(minute(-60));
    const careless = foundIn([...before, stray, ...way], minute(10)).evidence;
    expect(careless.map(({ recordedAt }) => recordedAt)).toContain(minute(-60));
  });
});

describe('given absent checks', () => {
  it('rests on them, and not on the fixes taken at home before', () => {
    const absent = [60, 65, 70, 75].map((n) => check(minute(n), 'absent'));
    const violation = foundIn([...walk([58, HOME]), ...absent], minute(75));
    expect(violation.evidence.every(({ kind }) => kind === 'check')).toBe(true);
    expect(violation.distanceMetres).toBeNull();
  });
});

describe('given a stay that was over long before it was heard of', () => {
  const day = walk([5, BETWEEN], [5, SCHOOL], [5, BETWEEN]);

  it('is old news from a quarter of an hour on', () => {
    const endedAt = foundIn(day, minute(14)).endedAt ?? instant(0);
    expect(foundIn(day, instant(endedAt + 900_000)).isOldNews).toBe(false);
    expect(foundIn(day, instant(endedAt + 900_001)).isOldNews).toBe(true);
  });
});
