import { describe, expect, it } from 'vitest';
import { ANSWER_SECONDS, isExpired, pageRightOf } from '#domain/reply/page-right.ts';
import { close, later, OFFICER, T, violationOpens } from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { page } from '#test/support/pages.ts';

describe('how long a page can be answered', () => {
  const opened = { command: violationOpens(), now: T };
  const open = alertAfter(opened);
  const closed = alertAfter(opened, { command: close('officer', 1), now: later(600) });
  if (open === null || closed === null) throw new Error('the test alert did not open');
  const right = pageRightOf(page(), OFFICER);

  it('is three days', () => {
    expect(isExpired(right, open, later(ANSWER_SECONDS - 1))).toBe(false);
    expect(isExpired(right, open, later(ANSWER_SECONDS))).toBe(true);
  });

  it('ends a day after the alert was closed', () => {
    expect(isExpired(right, closed, later(600 + 86_399))).toBe(false);
    expect(isExpired(right, closed, later(600 + 86_400))).toBe(true);
  });
});
