import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsBetween } from '#domain/model/instant.ts';
import { throttleLimits as limits } from '#lib/thresholds.ts';
import { acknowledge, later, sms, T, violationOpens } from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { officer, textDesk, textPage } from '#test/support/text-desk.ts';

const five = [1, 2, 3, 4, 5];

describe('a text message that can wait', () => {
  it('goes out at once while its contact is free', async () => {
    const { put, sent } = textDesk();
    for (const n of five) await put(textPage(n));
    expect(sent.map(({ wearerId }) => wearerId)).toEqual(['w-1', 'w-2', 'w-3', 'w-4', 'w-5']);
  });

  it('waits with its reason and until when, and goes out when they are free again', async () => {
    const { put, pass, sent, statusOf, row } = textDesk();
    for (const n of five) await put(textPage(n));
    const key = await put(textPage(6));
    expect(await statusOf(key)).toBe('pending');
    expect(JSON.parse((await row(key)).waits?.S ?? '')).toEqual({
      ...{ reason: 'throttled', at: T, untilAt: later(limits.shortSeconds) },
    });
    await pass(limits.shortSeconds - 60);
    expect(sent).toHaveLength(5);
    await pass(140);
    expect(sent.at(-1)).toMatchObject({ wearerId: 'w-6', bundled: [] });
    expect(await statusOf(key)).toBe('sent');
  });

  it('leaves with what else has waited, which it counts and names', async () => {
    const { put, pass, sent, statusOf, row } = textDesk();
    for (const n of five) await put(textPage(n));
    const mild = await put(textPage(6));
    const grave = await put(textPage(7, { severity: 'severe' }));
    await pass(limits.shortSeconds + 80);
    expect(sent).toHaveLength(6);
    expect(sent.at(-1)).toMatchObject({ wearerId: 'w-7', bundled: ['w-6'] });
    expect([await statusOf(grave), await statusOf(mild)]).toEqual(['sent', 'bundled']);
    expect(JSON.parse((await row(mild)).outcome?.S ?? '')).toMatchObject({
      reason: 'told with w-7.curfew.abc/alert/0/0/sms.officer',
    });
  });

  it('of an alert paged twice is one page, and no bundle (target/goalert#1764)', async () => {
    const { put, pass, sent, statusOf } = textDesk();
    for (const n of five) await put(textPage(n));
    const first = await put(textPage(6));
    await put(textPage(6, { sequence: 2, pageId: 'again' }));
    await pass(limits.shortSeconds + 80);
    expect(sent.slice(5)).toMatchObject([{ pageId: 'again', bundled: [] }]);
    expect(await statusOf(first)).toBe('suppressed');
  });

  it('is not sent where the alert has been taken in hand meanwhile', async () => {
    const { put, pass, sent, statusOf, alerts } = textDesk();
    for (const n of five) await put(textPage(n));
    const key = await put(textPage(6));
    const taken = alertAfter(
      { command: violationOpens({ violationId: 'w-6.curfew.abc' }), now: T },
      { command: acknowledge('officer'), now: later(60) },
    );
    alerts.set('w-6.curfew.abc', taken);
    await pass(limits.shortSeconds + 80);
    expect([sent.length, await statusOf(key)]).toEqual([5, 'suppressed']);
  });

  it('does not go to a number that its person has given up meanwhile', async () => {
    let person = officer();
    const { put, pass, sent, statusOf, row } = textDesk({ loadPerson: async () => person });
    for (const n of five) await put(textPage(n));
    const key = await put(textPage(6));
    person = officer({ mobile: '+447700900999' });
    await pass(limits.shortSeconds + 80);
    expect([sent.length, await statusOf(key)]).toEqual([5, 'failed']);
    expect(JSON.parse((await row(key)).outcome?.S ?? '')).toMatchObject({
      reason: 'contact-changed',
    });
  });

  it('goes with the next one where its person is texted now', async () => {
    let person = officer();
    const { put, pass, sent } = textDesk({ loadPerson: async () => person });
    for (const n of five) await put(textPage(n));
    await put(textPage(6, { severity: 'severe' }));
    await pass(limits.shortSeconds);
    person = officer({ mobile: '+447700900999' });
    const now = { ...sms('officer'), mobile: '+447700900999' };
    await put(textPage(7, { recipient: now, createdAt: later(limits.shortSeconds) }));
    expect(sent.at(-1)).toMatchObject({ wearerId: 'w-6', recipient: now, bundled: ['w-7'] });
  });

  it('is sent where nobody can be asked how many there were', async () => {
    const load = () => Promise.reject(new Error('down'));
    const { put, sent } = textDesk({ throttles: { load, save: async () => 'saved' } });
    for (const n of [...five, 6, 7]) await put(textPage(n));
    expect(sent).toHaveLength(7);
  });

  it('waits for nobody else: other contacts and e-mails go out at once', async () => {
    const { put, sent } = textDesk();
    for (const n of five) await put(textPage(n));
    const other = { channel: 'sms', personId: 'manager', mobile: '+447700900002' };
    const email = { channel: 'email', personId: 'officer', topicArn: 'arn:topic' };
    await put(textPage(8, { recipient: other }));
    await put(textPage(9, { recipient: email }));
    expect(sent.slice(5).map(({ wearerId }) => wearerId)).toEqual(['w-8', 'w-9']);
  });
});

const courses = fc.array(
  fc.record({
    waitSeconds: fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 600 })),
    n: fc.integer({ min: 1, max: 6 }),
    mayWait: fc.boolean(),
    severity: fc.constantFrom('moderate', 'severe'),
  }),
  { minLength: 5, maxLength: 30 },
);

describe('whatever is texted to one contact', () => {
  it('what must not wait leaves at once (target/goalert#4188), and all else ends', async () => {
    await fc.assert(
      fc.asyncProperty(courses, async (course) => {
        const { put, pass, sent, row, clock } = textDesk();
        const keys: Awaited<ReturnType<typeof put>>[] = [];
        for (const [i, { waitSeconds, n, mayWait, severity }] of course.entries()) {
          await pass(waitSeconds);
          const pageId = `page-${i}`;
          const { now } = clock;
          keys.push(
            await put(textPage(n, { sequence: i + 1, pageId, mayWait, severity, createdAt: now })),
          );
          if (mayWait) continue;
          expect(sent.at(-1)?.pageId).toBe(pageId);
          expect(secondsBetween(now, clock.now)).toBe(0);
        }
        await pass(2 * 3_600);
        const ends = await Promise.all(keys.map(row));
        for (const [i, { status, outcome }] of ends.entries()) {
          const end = JSON.parse(outcome?.S ?? '{}');
          expect(['sent', 'bundled', 'suppressed']).toContain(status?.S);
          if (status?.S !== 'sent') expect(end.reason).toBeTruthy();
          else expect(sent.filter(({ pageId }) => pageId === `page-${i}`)).toHaveLength(1);
        }
        const counted = sent.flatMap(({ bundled }) => bundled).length;
        expect(counted).toBe(ends.filter(({ status }) => status?.S === 'bundled').length);
      }),
      { numRuns: 12 },
    );
  });
});
