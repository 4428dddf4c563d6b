import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf, type Kept, type Looked } from '#domain/audit/findings.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { instant, secondsAfter } from '#domain/model/instant.ts';

const NOW = instant(Date.parse('2026-03-02T09:00:00Z'));
const ago = (seconds: number) => secondsAfter(NOW, -seconds);
const alertId = alertIdSchema.parse('w-1.home.1');
const waiting = (seconds: number) => ({ alertId, sinceAt: ago(seconds) });

const WELL: Looked = {
  feedHeardAt: ago(30),
  feedLateAfterSeconds: 900,
  ...{ wearers: [], parked: [], steps: [], messages: [], alerts: [], kept: [] },
};
const faultsOf = (looked: Partial<Looked>) =>
  findingsOf({ ...WELL, ...looked }, NOW).map(({ fault }) => fault);

const kept = (statuses: readonly string[], sequence = statuses.length): Kept => ({
  alert: { alertId, sequence },
  pages: statuses.map((status, i) => ({
    ...{ sequence: i + 1, status, to: null },
    endedAt: status === 'pending' ? null : ago(60),
  })),
});

/** Pages that have all ended in the same way, each to whom it names. */
const ended = (status: string, ...to: readonly string[]) =>
  to.map((name, i) => ({ sequence: i + 1, status, to: name, endedAt: ago(60) }));
const together = (...pages: ReturnType<typeof ended>[]): Pick<Looked, 'kept'> => {
  const all = pages.flat().map((page, i) => ({ ...page, sequence: i + 1 }));
  return { kept: [{ alert: { alertId, sequence: all.length }, pages: all }] };
};

describe('given what the auditor has read', () => {
  it('finds a channel that fails though others do not, where it fails for more than one', () => {
    const emails = ended('sent', 'email.a', 'police.met');
    const failed = ended('failed', 'sms.a', 'sms.b', 'sms.b');
    expect(faultsOf(together(emails, failed))).toEqual(['pages-failing']);
    expect(faultsOf(together(emails, failed, ended('sent', 'sms.c')))).toEqual([]);
    const ofOne = ended('failed', 'sms.a', 'sms.a', 'sms.a');
    expect(faultsOf(together(emails, ofOne))).toEqual([]);
    expect(faultsOf(together(emails, failed.slice(1)))).toEqual([]);
  });

  it('finds nothing where all is in time and whole', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ feedHeardAt: null })).toEqual([]);
    expect(faultsOf({ alerts: [{ alertId, openedAt: ago(99), nextDueAt: NOW }] })).toEqual([]);
    expect(faultsOf({ kept: [kept(['sent', 'pending', 'failed', 'suppressed'])] })).toEqual([]);
  });

  it.each([
    ['wearers', 'evaluation-late'],
    ['steps', 'alerts-late'],
    ['messages', 'pages-late'],
  ] as const)('finds %s that wait for more than 90 seconds', (what, fault) => {
    expect(faultsOf({ [what]: [waiting(90)] })).toEqual([]);
    expect(findingsOf({ ...WELL, [what]: [waiting(91), waiting(300), waiting(5)] }, NOW)).toEqual([
      { fault, sinceAt: ago(300), count: 2, alertIds: [alertId] },
    ]);
  });

  it('finds each parked wearer at once', () => {
    const parked = [ago(5), ago(3_600)].map((sinceAt) => ({ alertId: null, sinceAt }));
    expect(findingsOf({ ...WELL, parked }, NOW)).toEqual([
      { fault: 'wearers-parked', sinceAt: ago(3_600), count: 2, alertIds: [] },
    ]);
  });

  it('counts a test alert that waits, and does not name it: it stands in no list', () => {
    const test = {
      alertId: alertIdSchema.parse('homeward-canary.device-care.1'),
      sinceAt: ago(99),
    };
    expect(findingsOf({ ...WELL, messages: [test, waiting(99)] }, NOW)).toMatchObject([
      { count: 2, alertIds: [alertId] },
    ]);
  });

  it('finds that no feed was heard of for a quarter of an hour', () => {
    expect(faultsOf({ feedHeardAt: ago(900) })).toEqual([]);
    expect(faultsOf({ feedHeardAt: ago(901) })).toEqual(['feeds-silent']);
  });

  it('finds an open alert that waits for nothing', () => {
    const alerts = [{ alertId, openedAt: ago(99), nextDueAt: null }];
    expect(faultsOf({ alerts })).toEqual(['alerts-without-step']);
  });

  it('finds a page that an alert has numbered and the outbox does not hold', () => {
    expect(faultsOf({ kept: [kept(['sent'], 2)] })).toEqual(['pages-lost']);
  });

  it('finds that pages fail where three have, and none was sent in a quarter of an hour', () => {
    expect(faultsOf({ kept: [kept(['failed', 'failed'])] })).toEqual([]);
    expect(faultsOf({ kept: [kept(['failed', 'failed', 'failed'])] })).toEqual(['pages-failing']);
    expect(faultsOf({ kept: [kept(['failed', 'sent', 'failed', 'failed'])] })).toEqual([]);
  });

  it('names at most twenty alerts, and counts them all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 91, max: 9_000 }), { minLength: 1 }), (ages) => {
        const steps = ages.map((seconds, i) => ({
          ...{ alertId: alertIdSchema.parse(`a-${i}`), sinceAt: ago(seconds) },
        }));
        const [finding] = findingsOf({ ...WELL, steps }, NOW);
        expect(finding?.count).toBe(ages.length);
        expect(finding?.alertIds).toHaveLength(Math.min(20, ages.length));
        expect(finding?.sinceAt).toBe(ago(Math.max(...ages)));
      }),
    );
  });
});
