import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { entersZone, passesZone } from '#local/worlds/generators/exclusion-zone.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import { AT_ONCE, differences, liveDay } from '#test/support/oracle-days.ts';

const compared = (day: MadeDay): string[] => differences(day, liveDay(day, AT_ONCE), AT_ONCE);
const day = entersZone(7);
const [truth] = day.truth;
if (truth === undefined) throw new Error('somebody enters a zone on the day of this test');

describe('given a day on which somebody enters a zone', () => {
  it('finds no difference from the truth', () => {
    expect(compared(day)).toEqual([]);
  });

  it('says that it was found although nobody knew of it', () => {
    expect(compared({ ...day, truth: [] })).toEqual([
      expect.stringMatching(/^nothing of the kind happened: school: inside-zone since 2026-06-01/),
    ]);
  });

  it('says that it was missed where it happened twice', () => {
    expect(compared({ ...day, truth: [truth, truth] })).toEqual([
      expect.stringMatching(/^missed: school, inside-zone from/),
    ]);
  });

  it('says that it came too late, and too early', () => {
    const late = { ...truth, withinSeconds: 1 };
    expect(compared({ ...day, truth: [late] })).toEqual([expect.stringMatching(/^too late by/)]);
    const early = { ...truth, beganAt: secondsAfter(truth.beganAt, 3600) };
    expect(compared({ ...day, truth: [early] })).toEqual([expect.stringMatching(/^too early by/)]);
  });
});

describe('given a day on which somebody passes a zone', () => {
  it('finds nothing', () => {
    expect(passesZone(7).truth).toEqual([]);
    expect(compared(passesZone(7))).toEqual([]);
  });
});
