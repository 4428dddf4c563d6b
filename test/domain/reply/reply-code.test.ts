import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageIdSchema } from '#domain/model/ids.ts';
import { ANSWER_SECONDS, isExpired, linkOf } from '#domain/reply/link.ts';
import { codesFor, isCode, replyCodeOf } from '#domain/reply/reply-code.ts';
import { close, later, OFFICER, T, violationOpens } from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { page } from '#test/support/pages.ts';

describe('the codes that a page tries', () => {
  it('are all that there are, each once, whatever the page', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), (id) => {
        const codes = codesFor(pageIdSchema.parse(id));
        expect(new Set(codes).size).toBe(184);
        expect(codes).toHaveLength(184);
        expect(codes.every(isCode)).toBe(true);
      }),
    );
  });

  it('are the same for a page that is repeated, and begin elsewhere for most others', () => {
    const ids = Array.from({ length: 184 }, (_, i) => pageIdSchema.parse(`w-${i}/alert/0/0`));
    const firsts = ids.map((id) => codesFor(id)[0]);
    expect(firsts).toEqual(ids.map((id) => codesFor(id)[0]));
    expect(new Set(firsts).size).toBeGreaterThan(90);
  });

  it('have no letter that looks like another', () => {
    expect(codesFor(page().pageId).join('')).not.toMatch(/[01ILO]/);
  });
});

describe('how long a page can be answered', () => {
  const opened = { command: violationOpens(), now: T };
  const open = alertAfter(opened);
  const closed = alertAfter(opened, { command: close('officer', 1), now: later(600) });
  if (open === null || closed === null) throw new Error('the test alert did not open');
  const link = linkOf(page(), OFFICER);

  it('is three days, by its link and by its code', () => {
    expect(link.expiresAt).toBe(replyCodeOf(page(), OFFICER).expiresAt);
    expect(isExpired(link, open, later(ANSWER_SECONDS - 1))).toBe(false);
    expect(isExpired(link, open, later(ANSWER_SECONDS))).toBe(true);
  });

  it('ends a day after the alert was closed', () => {
    expect(isExpired(link, closed, later(600 + 86_399))).toBe(false);
    expect(isExpired(link, closed, later(600 + 86_400))).toBe(true);
  });
});
