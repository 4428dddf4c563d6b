import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { forgetfulLedger } from '#local/cloud/durable/ledger.ts';
import { createOutbox } from '#local/cloud/outbox/outbox.ts';
import { outboxPage } from '#local/cloud/outbox/outbox-page.ts';

const outboxWith = (...texts: string[]) => {
  const startAt = instant(Date.parse('2026-03-01T10:11:12Z'));
  const outbox = createOutbox(createClock({ mode: 'stopped', startAt }), forgetfulLedger());
  for (const text of texts) {
    outbox.accept({ channel: 'sms', to: '+447700900001', text, attributes: {}, messageId: text });
  }
  return outbox;
};

describe('given an outbox', () => {
  it('numbers its entries and stamps them by the clock', () => {
    const entries = outboxWith('one', 'two').entries();
    expect(entries.map(({ sequence, acceptedAt }) => [sequence, acceptedAt])).toEqual([
      [1, Date.parse('2026-03-01T10:11:12Z')],
      [2, Date.parse('2026-03-01T10:11:12Z')],
    ]);
  });

  it('shows the newest first, with the time of the clock', () => {
    const page = outboxPage(outboxWith('older', 'newer').entries());
    expect(page.indexOf('newer')).toBeLessThan(page.indexOf('older'));
    expect(page).toContain('2026-03-01 10:11:12 UTC');
  });

  it('escapes everything that came from outside, and loads nothing', () => {
    const page = outboxPage(outboxWith('<script>alert("1")</script>').entries());
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:/);
  });

  it('tells a listener of each new entry until it ends', () => {
    const outbox = outboxWith();
    const heard: string[] = [];
    const end = outbox.onEntry(({ text }) => heard.push(text));
    const message = { channel: 'email' as const, to: 'a@b.test', attributes: {}, messageId: 'm' };
    outbox.accept({ ...message, text: 'heard' });
    end();
    outbox.accept({ ...message, text: 'unheard' });
    expect(heard).toEqual(['heard']);
  });
});
