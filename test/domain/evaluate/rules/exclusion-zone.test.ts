import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import type { Weights } from '#domain/evaluate/position/hypotheses.ts';
import type { Judgement, Seen } from '#domain/evaluate/rule.ts';
import { judge } from '#domain/evaluate/rules.ts';
import type { Instant } from '#domain/model/instant.ts';
import {
  drivesPast,
  drivesThrough,
  drivesUnseen,
  entersBuffer,
  entersThroughBuffer,
  isInsideWhenItCloses,
  isLetIn,
  overstays,
  straysOnce,
} from '#local/worlds/generators/zone-ways.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const DAYTIME = {
  conditionId: 'school',
  kind: 'exclusion-zone',
  zoneId: 'school',
  timetableId: 'night',
};

const asked = (
  now: Instant,
  inside: number,
  more: Readonly<{ newestEvidenceAt?: Instant | null; conditions?: readonly object[] }> = {},
): Judgement => {
  const { conditions = [DAYTIME], newestEvidenceAt = now } = more;
  const watch = watchCalled(superviseWith([], { conditions }), 'school');
  const believed: Weights = { home: 0, elsewhere: 1 - inside, inside };
  return askRule(watch, now, { believed, newestEvidenceAt });
};

/** The zone of these tests is closed from 19:00 to 07:00, London time. */
const EVENING = at('2026-06-01T21:00:00Z');

describe('given a zone that is closed at night', () => {
  it('is not applicable by day, whatever is believed, until its hours start', () => {
    expect(asked(at('2026-06-01T12:00:00Z'), 0.99)).toMatchObject({
      verdict: 'not-applicable',
      reason: 'outside-hours',
      dueAt: at('2026-06-01T18:00:00Z'),
    });
  });

  it('is violated from the certainty that the order sets', () => {
    expect(asked(EVENING, 0.95)).toMatchObject({
      verdict: 'violated',
      reason: 'inside-zone',
      since: EVENING,
      claims: 'inside',
    });
  });

  it('is undetermined below that certainty, and never quietly satisfied', () => {
    expect(asked(EVENING, 0.9499)).toMatchObject({
      verdict: 'undetermined',
      reason: 'near-the-edge',
    });
    expect(asked(EVENING, 0.2001)).toMatchObject({
      verdict: 'undetermined',
      reason: 'near-the-edge',
    });
  });

  it('is satisfied once inside is as unlikely as the closing probability', () => {
    expect(asked(EVENING, 0.2)).toMatchObject({ verdict: 'satisfied', reason: 'clear-of-zone' });
  });

  it('finds somebody who is inside when its hours start', () => {
    const start = at('2026-06-01T18:00:00Z');
    expect(asked(start, 0.99)).toMatchObject({
      verdict: 'violated',
      reason: 'inside-when-it-closed',
    });
  });

  it('is undetermined when the newest evidence is three reporting intervals old', () => {
    const old = at('2026-06-01T20:48:00Z');
    expect(asked(EVENING, 0.99, { newestEvidenceAt: old })).toMatchObject({
      verdict: 'undetermined',
      reason: 'no-recent-evidence',
    });
    expect(asked(EVENING, 0.99, { newestEvidenceAt: null })).toMatchObject({
      verdict: 'undetermined',
    });
  });

  it('is undetermined beyond the hours that were compiled: unknown is not open', () => {
    expect(asked(at('2030-01-01T00:00:00Z'), 0.99)).toMatchObject({
      verdict: 'undetermined',
      reason: 'hours-unknown',
    });
  });
});

describe('given a zone without a timetable', () => {
  it('is closed at every hour of the order', () => {
    const conditions = [{ ...DAYTIME, timetableId: null }];
    expect(asked(at('2026-06-01T12:00:00Z'), 0.99, { conditions })).toMatchObject({
      verdict: 'violated',
      dueAt: null,
    });
  });
});

describe('given a rule that throws', () => {
  it('is a finding, not silence: undetermined, because the rule failed', () => {
    const watch = watchCalled(superviseWith(['zone']), 'school');
    const believed: Weights = { home: 0, elsewhere: 1, inside: 0 };
    const known = {
      core: emptyCore(EVENING),
      newestEvidenceAt: EVENING,
      input: null,
      cameFrom: null,
    };
    const seen: Seen = { watch, believed, memory: {}, ...known, at: EVENING };
    const failing = (): Judgement => {
      throw new Error('broken');
    };
    expect(judge(seen, failing)).toMatchObject({ verdict: 'undetermined', reason: 'rule-failed' });
  });
});

describe('given somebody in the buffer of a zone', () => {
  const conditions = [{ ...DAYTIME, timetableId: null, bufferMetres: 100 }];
  const supervision = superviseWith([], { conditions });
  const askBuffer = (inside: number, more: Partial<Seen> = {}): Judgement =>
    askRule(watchCalled(supervision, 'school.buffer'), EVENING, {
      believed: { home: 0, elsewhere: 1 - inside, inside },
      ...more,
    });
  const zoneState = { version: '', validFrom: EVENING, belief: null, dueAt: null, rests: true };
  const inZone = {
    ...emptyCore(EVENING),
    watches: { school: { ...zoneState, verdict: 'violated', reason: 'inside-zone', memory: {} } },
  } as const;

  it('warns of it, by a watch of its own', () => {
    expect(askBuffer(0.96)).toMatchObject({ verdict: 'violated', reason: 'inside-buffer' });
  });

  it('leaves it to the zone itself once the wearer is in there', () => {
    expect(askBuffer(0.99, { core: inZone })).toMatchObject({
      verdict: 'not-applicable',
      reason: 'covered',
      memory: { coveredAt: EVENING },
    });
  });

  it('does not warn again on the way out, until the wearer is clear of it', () => {
    const memory = { coveredAt: EVENING };
    expect(askBuffer(0.99, { memory })).toMatchObject({ reason: 'covered', memory });
    expect(askBuffer(0.1, { memory })).toMatchObject({ verdict: 'satisfied', memory: {} });
  });
});

describe('given days with a zone, made up so that the truth is known', () => {
  it.each([
    ['warns of the buffer, once', entersBuffer],
    ['warns of the buffer and then tells of the zone, each once', entersThroughBuffer],
    ['finds who is inside when its hours begin', isInsideWhenItCloses],
    ['says nothing of who is permitted to be there', isLetIn],
    ['finds who is still there when the permission ends', overstays],
    ['says nothing of a way past', drivesPast],
    ['says nothing of a way that nobody saw', drivesUnseen],
    ['says nothing of a stray fix beyond the zone', straysOnce],
  ])('%s', (_, days) => {
    expectTold(days, { numRuns: 10 });
  });

  it('tells of a way through, once', () => {
    expectTold(drivesThrough, { numRuns: 10 });
  });
});
