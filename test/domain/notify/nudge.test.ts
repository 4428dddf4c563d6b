import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsParts } from '#domain/notify/gsm-text.ts';
import { renderNudge } from '#domain/notify/render-nudge.ts';
import { whyNotSent } from '#domain/notify/why-not-sent.ts';
import { later, T } from '#test/support/alerts.ts';
import { nudge } from '#test/support/pages.ts';

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

  it.each(['check-due', 'leave-for-home'])('tells others who read it nothing: %s', (reason) => {
    const { text } = renderNudge(nudge({ reason }));
    expect(text).not.toMatch(/curfew|order|probation|tag|monitor|court|w-1|police|zone/i);
    expect(smsParts(text)).toBe(1);
  });
});

describe('whether a nudge is still of use', () => {
  it('is told by its end: one millisecond before it is, from then on it is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (seconds) => {
        const found = whyNotSent(nudge({ untilAt: T }), later(seconds / 1_000));
        expect(found).toBe(seconds >= 0 ? 'too-late' : null);
      }),
    );
  });

  it('is not where it was over before it was written, nor where nobody can be reached', () => {
    expect(whyNotSent(nudge({ isOver: true }), T)).toBe('over-before-sent');
    expect(whyNotSent(nudge({ mobile: null }), T)).toBe('no-mobile-on-record');
    expect(whyNotSent(nudge({ mobile: null, untilAt: T }), T)).toBe('too-late');
  });
});
