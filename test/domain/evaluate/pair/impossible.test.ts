import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { KEEP_AWAY, otherAt, superviseTwo, wearerAt } from '#test/support/pairs.ts';
import { START } from '#test/support/walks.ts';

const SUPERVISION = superviseTwo([KEEP_AWAY]);
const second = (n: number) => instant(START + n * 1000);

/** Both at rest and heard of every minute, 40 km apart. */
const apart = (fromMinute: number, toMinute: number): DeviceEvent[] =>
  Array.from({ length: toMinute - fromMinute }, (_, i) => (fromMinute + i) * 60).flatMap((s) => [
    wearerAt(second(s), 40_000),
    otherAt(second(s + 30), 0),
  ]);

const told = (events: readonly DeviceEvent[]) =>
  evaluate({ supervision: SUPERVISION, state: null, events, until: second(1_800) });
const openings = (events: readonly DeviceEvent[]): number[] =>
  told(events).changes.map(({ mark }) => (mark.foundAt - START) / 1000);

describe('given fixes of a wearer that nobody can have gone to', () => {
  const spoofed = (...seconds: number[]) => seconds.map((s) => wearerAt(second(s), 100));

  it('finds nothing by two of them, though they agree', () => {
    expect(openings([...apart(0, 10), ...spoofed(605, 635), ...apart(11, 15)])).toEqual([]);
  });

  it('believes them when a third agrees: the fixes before may have been the wrong ones', () => {
    const { changes } = told([
      ...apart(0, 10),
      ...spoofed(605, 635, 665, 695),
      otherAt(second(700), 0),
    ]);
    const reasons = changes.map(({ mark }) => mark.reason);
    expect(reasons.filter((reason) => !reason.endsWith('device-lost')).sort()).toEqual([
      'approaching-protected-person',
      'near-protected-person',
    ]);
  });

  it('shows none that were set aside as evidence', () => {
    const near = Array.from({ length: 4 }, (_, i) => wearerAt(second(630 + 60 * i), 100));
    const there = Array.from({ length: 5 }, (_, i) => otherAt(second(600 + 60 * i), 0));
    const events = [wearerAt(second(570), 100), wearerAt(second(600), 40_000), ...near, ...there];
    const [change] = told(events).changes;
    const violation =
      change &&
      violationOf(change, {
        ...{ supervision: SUPERVISION, inputs: events, detectedAt: second(1_000), revision: 1 },
      });
    const east = violation?.evidence.flatMap((one) => (one.kind === 'fix' ? [one.lon] : [])) ?? [];
    expect(east.length).toBeGreaterThan(1);
    expect(Math.max(...east)).toBeLessThan(0);
  });
});

describe('given fixes of a protected person that nobody can have gone to', () => {
  it('finds nothing by two of them', () => {
    const stray = [605, 635].map((s) => otherAt(second(s), 40_000));
    expect(openings([...apart(0, 10), ...stray, ...apart(11, 15)])).toEqual([]);
  });
});
