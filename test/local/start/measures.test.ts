import { describe, expect, it } from 'vitest';
import { pageLatencies, safeRegionShare } from '#local/start/measures.ts';
import { at, seen, seenAlert } from '#test/local/replay/outcomes.ts';

const DETECTED = at('2026-05-01T21:15:09Z');

describe('given the alerts of a replay', () => {
  it('measures from detection to acceptance, over the pages of first steps only', () => {
    const page = { to: 'officer', channel: 'sms', purpose: 'alert' } as const;
    const pages = [
      { ...page, step: 0, acceptedAt: at('2026-05-01T21:15:09.040Z') },
      { ...page, step: 0, acceptedAt: at('2026-05-01T21:15:09.500Z') },
      { ...page, step: 0, acceptedAt: at('2026-05-01T21:15:09.060Z') },
      { ...page, step: 1, acceptedAt: at('2026-05-01T21:20:09Z') },
      { ...page, step: 0, acceptedAt: null },
    ];
    const { violation } = seenAlert();
    const alert = seenAlert({ pages, violation: { ...violation, detectedAt: DETECTED } });
    expect(pageLatencies(seen({ alerts: [alert] }))).toEqual({ pages: 3, p50: 60, worst: 500 });
  });

  it('measures nothing where there was no page', () => {
    expect(pageLatencies(seen({ alerts: [] }))).toBeNull();
  });
});

describe("given the lines of evaluate's log", () => {
  it('adds up single and repeated metrics, and passes over every other line', () => {
    const lines = [
      '{"level":"INFO","message":"violation opened"}',
      '{"_aws":{},"fixesFolded":[3,4],"fixesInSafeRegion":[3,2]}',
      '{"_aws":{},"fixesFolded":5,"fixesInSafeRegion":1}',
      'Error: "fixesFolded"'.slice(0, 5),
    ];
    expect(safeRegionShare(lines)).toEqual({ folded: 12, safe: 6 });
  });
});
