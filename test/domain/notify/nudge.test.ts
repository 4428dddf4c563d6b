import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinHours } from '#domain/escalate/within-hours.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import {
  type NudgeChoice,
  nudgeChoiceSchema,
  optionalNudgeSchema,
} from '#domain/model/nudge-choice.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { smsParts } from '#domain/notify/gsm-text.ts';
import { quietUntil } from '#domain/notify/quiet-until.ts';
import { renderNudge } from '#domain/notify/render-nudge.ts';
import { type NudgedNow, nudgeTurn } from '#domain/notify/why-not-sent.ts';
import { WEEKDAYS } from '#domain/time/local-window.ts';
import { later, T } from '#test/support/alerts.ts';
import { nudge } from '#test/support/pages.ts';
import { at } from '#test/support/supervisions.ts';

describe('a nudge', () => {
  it('says what to do, and until when, on the clock of the order', () => {
    expect(renderNudge(nudge()).text).toBe(
      'Your check-in is due. Please answer it now. Latest: Mon 2 Mar 20:15 GMT.',
    );
    expect(renderNudge(nudge({ reason: 'leave-for-home', untilAt: later(3_600) })).text).toBe(
      'It is time to set off for home. Latest: Mon 2 Mar 21:00 GMT.',
    );
  });

  it('names no time where it has no end', () => {
    const { text } = renderNudge(nudge({ untilAt: null }));
    expect(text).toBe('Your check-in is due. Please answer it now.');
  });

  it.each(['check-due', ...optionalNudgeSchema.options])(
    'tells others who read it nothing: %s',
    (reason) => {
      const { text } = renderNudge(nudge({ reason }));
      expect(text).not.toMatch(/curfew|order|probation|tag|monitor|court|w-1|police|zone/i);
      expect(smsParts(text)).toBe(1);
    },
  );
});

const QUIET = {
  timeZone: 'Europe/London',
  windows: [{ days: [...WEEKDAYS], start: '22:00', end: '07:00' }],
};

/** What is done about a nudge at an instant, of somebody who wants nothing special. */
const turn = (
  fields: Parameters<typeof nudge>[0],
  { now = T, off = [], quietHours = null, ...known }: Turned = {},
) => {
  const one = nudge(fields);
  const choice = { off: [...off], quietHours };
  const { mobile } = one;
  return nudgeTurn(one, { choice, mobile, hasStopped: false, isOver: false, ...known }, now);
};
type Turned = Partial<NudgeChoice & NudgedNow> & { now?: Instant };

const SENT = { is: 'send', mobile: '+447700900009' };
const NIGHT = at('2026-03-02T23:30:00Z');
const MORNING = at('2026-03-03T07:00:00Z');

describe('whether a nudge is still of use', () => {
  it('is told by its end: one millisecond before it is, from then on it is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (milliseconds) => {
        const found = turn({ untilAt: T }, { now: later(milliseconds / 1_000) });
        expect(found).toEqual(milliseconds >= 0 ? { is: 'not-sent', reason: 'too-late' } : SENT);
      }),
    );
  });

  it.each<[string, Parameters<typeof nudge>[0], Turned, string]>([
    ['was over before it was written', { isOver: true }, {}, 'over-before-sent'],
    ['is over by now', {}, { isOver: true }, 'over-before-sent'],
    ['can reach nobody', { mobile: null }, {}, 'no-mobile-on-record'],
    ['can reach nobody any more', {}, { mobile: null }, 'no-mobile-on-record'],
    ['is too late, and can reach nobody', { mobile: null, untilAt: T }, {}, 'too-late'],
    ['is stopped at the carrier', {}, { hasStopped: true }, 'texts-stopped'],
    ['is not wanted', { reason: 'battery-low' }, { off: ['battery-low'] }, 'opted-out'],
    [
      'is too late when the quiet hours end',
      { reason: 'leave-for-home', untilAt: at('2026-03-03T06:00:00Z') },
      { now: NIGHT, quietHours: QUIET },
      'quiet-until-too-late',
    ],
    [
      'would wait for ever',
      { reason: 'battery-low', untilAt: null },
      {
        quietHours: { ...QUIET, windows: [{ days: [...WEEKDAYS], start: '00:00', end: '00:00' }] },
      },
      'quiet-until-too-late',
    ],
  ])('is not where it %s', (_, fields, known, reason) => {
    expect(turn(fields, known)).toEqual({ is: 'not-sent', reason });
  });

  it('is held for the quiet hours of the wearer, and for no minute longer', () => {
    const asked = { reason: 'battery-low', untilAt: null } as const;
    expect(turn(asked, { now: NIGHT, quietHours: QUIET })).toEqual({
      ...{ is: 'held', untilAt: MORNING },
    });
    expect(turn(asked, { now: MORNING, quietHours: QUIET })).toEqual(SENT);
  });

  it('asks for a check at any hour, whatever else the wearer does without', () => {
    const off = optionalNudgeSchema.options;
    const asked = { reason: 'check-due', untilAt: null } as const;
    expect(turn(asked, { now: NIGHT, quietHours: QUIET, off })).toEqual(SENT);
  });

  it('can be opted out of, but for the asking for a check', () => {
    const nudges = Object.entries(REASONS).filter(([, { telling }]) => telling === 'nudge');
    expect(nudges.map(([name]) => name).sort()).toEqual(
      ['check-due', ...optionalNudgeSchema.options].sort(),
    );
    expect(nudgeChoiceSchema.safeParse({ off: ['check-due'] }).success).toBe(false);
  });
});

describe('quiet hours', () => {
  it('end at the first minute that lies in none of them, also while clocks change', () => {
    const window = fc.record({
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      start: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`),
      end: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`),
    });
    const from = at('2026-03-28T12:00:00Z');
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), fc.nat(2_880), (windows, n) => {
        const quiet = { timeZone: 'Europe/London', windows };
        const now = secondsAfter(from, 60 * n);
        let expected = now;
        while (isWithinHours(quiet, [], expected) && expected < secondsAfter(now, 7 * 86_400)) {
          expected = secondsAfter(expected, 60);
        }
        const found = quietUntil(quiet, now);
        if (expected === now) expect(found).toBe('now');
        else if (expected < secondsAfter(now, 7 * 86_400)) expect(found).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the reasons of nudges', () => {
  it('are no rules that guard somebody else: a wearer is warned of no enforcement', () => {
    const guarding = ['victim-proximity', 'non-association', 'exclusion-zone', 'inclusion-zone'];
    const rules = Object.values(REASONS).flatMap(({ telling, rule }) =>
      telling === 'nudge' ? [rule] : [],
    );
    expect(rules.filter((rule) => guarding.some((one) => one === rule))).toEqual([]);
  });
});
