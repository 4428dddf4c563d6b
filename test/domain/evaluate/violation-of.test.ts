import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { check } from '#test/support/events.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';

const foundIn = (events: readonly DeviceEvent[], until: Instant): Violation => {
  const supervision = superviseWith();
  const result = evaluate({ supervision, state: null, events, until });
  const [change] = result.changes;
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
