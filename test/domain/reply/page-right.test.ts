import { describe, expect, it } from 'vitest';
import { ANSWER_SECONDS, isExpired, pageRightOf } from '#domain/reply/page-right.ts';
import { later, OFFICER } from '#test/support/alerts.ts';
import { alertAfter, closedBy, OPEN, OPENED } from '#test/support/given-alert.ts';
import { page } from '#test/support/pages.ts';

describe('how long a page can be answered', () => {
  const closed = alertAfter(OPENED, closedBy('officer', 600));
  const right = pageRightOf(page(), OFFICER);

  it('is three days', () => {
    expect(isExpired(right, OPEN, later(ANSWER_SECONDS - 1))).toBe(false);
    expect(isExpired(right, OPEN, later(ANSWER_SECONDS))).toBe(true);
  });

  it('ends a day after the alert was closed', () => {
    expect(isExpired(right, closed, later(600 + 86_399))).toBe(false);
    expect(isExpired(right, closed, later(600 + 86_400))).toBe(true);
  });
});
