import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import { decide } from '#domain/escalate/decide.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { recipientKey } from '#domain/model/recipient.ts';
import { alertTimeline, type KeptHistory } from '#domain/response/alert-timeline.ts';
import { type PageSeen, pageWrittenSchema, recordedSchema } from '#domain/response/on-record.ts';
import {
  acknowledge,
  close,
  contact,
  FORCE,
  person,
  policy,
  roster,
  sms,
  T,
  violation,
  violationOpens,
} from '#test/support/alerts.ts';

const PEOPLE = ['officer', 'on-call', 'manager', 'ghost'];

const rosters = fc.subarray(PEOPLE).map((known) =>
  roster({
    contacts: known.map((id) => {
      const { channels, ...rest } = contact(id);
      const phone = '+447700900009';
      const voice = { channel: 'voice', personId: rest.personId, phone } as const;
      const afterSeconds = id === 'officer' ? 120 : null;
      return { ...rest, channels: [...channels, { recipient: voice, afterSeconds }] };
    }),
    liaisons: known.length > 1 ? [{ liaisonId: FORCE, kind: 'police', whyNot: null }] : [],
  }),
);

const happening = fc.record({
  kind: fc.constantFrom(
    'tick',
    'tick',
    'tick',
    'take',
    'hand-on',
    'fail',
    'close',
    'end',
    'withdraw',
    'find',
  ),
  waitSeconds: fc.nat({ max: 2_000 }),
  by: fc.constantFrom(...PEOPLE),
  roster: rosters,
});
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

const commandOf = (alert: Alert, { kind, by }: Happening, now: Instant): AlertCommand => {
  const { revision } = alert.facts.violation;
  const opens = violationOpens({ revision: revision + 1, status: 'open' });
  switch (kind) {
    case 'take':
      return acknowledge(by);
    case 'close':
      return close(by, alert.epoch);
    case 'hand-on':
      return { type: 'escalate', by: person(by), epoch: alert.epoch };
    case 'fail': {
      const place = alert.ran ?? { step: 0, loop: 0 };
      return { type: 'page-failed', recipient: alert.told[0] ?? sms(by), ...place };
    }
    case 'end':
      return {
        ...opens,
        violation: violation({ ...opens.violation, status: 'ended', endedAt: now }),
      };
    case 'withdraw':
      return { ...opens, violation: violation({ ...opens.violation, status: 'withdrawn' }) };
    case 'find':
      return opens;
    default:
      return { type: 'tick', epoch: alert.epoch };
  }
};

type Played = Readonly<{ events: readonly AlertEvent[]; pages: readonly Page[]; now: Instant }>;

/** What happens to an alert that opens at T, as the tables keep it. */
const play = (happenings: readonly Happening[]): Played => {
  const events: AlertEvent[] = [];
  const pages: Page[] = [];
  let alert: Alert | null = null;
  let now = T;
  for (const next of happenings) {
    if (alert !== null) now = secondsAfter(now, next.waitSeconds);
    const opens = violationOpens({}, { policy: policy({ repeat: 0 }) });
    const command = alert === null ? opens : commandOf(alert, next, now);
    const decision = decide(alert, command, { now, roster: next.roster });
    const change: Transition | null =
      decision.outcome === 'happened' ? transition(alert, decision.events) : null;
    if (change === null) continue;
    events.push(...change.events);
    pages.push(...change.pages);
    alert = change.after;
  }
  return { events, pages, now };
};

const ending = fc.record({
  status: fc.constantFrom('pending', 'sent', 'failed', 'suppressed', 'lost-in-the-post'),
  afterSeconds: fc.nat({ max: 300 }),
  reason: fc.string({ minLength: 1, maxLength: 12 }),
  receipts: fc.subarray(['delivered', 'read']),
});

const seenAs = (page: Page, { status, afterSeconds, reason, receipts }: Ending): PageSeen => {
  const at = secondsAfter(page.createdAt, afterSeconds);
  const isPending = status === 'pending';
  return {
    ...{ page, status, tries: 0, claimedUntilAt: null },
    outcome: isPending ? null : { status, at, ...(status === 'sent' ? {} : { reason }) },
    waits: isPending ? { reason } : null,
    receipts: isPending ? [] : receipts.map((state) => ({ state, at })),
  };
};
type Ending = typeof ending extends fc.Arbitrary<infer E> ? E : never;

const histories = fc
  .tuple(
    fc.array(happening, { minLength: 1, maxLength: 25 }),
    fc.array(ending, { minLength: 1, maxLength: 7 }),
  )
  .map(([happenings, endings]) => {
    const { events, pages, now } = play(happenings);
    const seen = pages.flatMap((page, i) => {
      const end = endings[i % endings.length];
      return end === undefined ? [] : [seenAs(page, end)];
    });
    const recorded = events.map((event) => recordedSchema.parse(JSON.parse(JSON.stringify(event))));
    return { history: { recorded, pages: seen } satisfies KeptHistory, events, now };
  });

describe('the timeline of an alert, whatever happened to it', () => {
  it('is in the order of time, and told in plain words', () => {
    fc.assert(
      fc.property(histories, ({ history, now }) => {
        const entries = alertTimeline(history, secondsAfter(now, 600));
        expect(entries.map(({ at }) => at)).toEqual(
          entries.map(({ at }) => at).toSorted((a, b) => a - b),
        );
        for (const { words } of entries) expect(words.length).toBeGreaterThan(3);
        // A recipient is a channel and an id: numbers are nobody's to read.
        expect(JSON.stringify(entries)).not.toContain('+44');
      }),
    );
  });

  it('has every event once, in the order in which it was decided', () => {
    fc.assert(
      fc.property(histories, ({ history, events, now }) => {
        const ours = new Set(events.map(({ type }) => type));
        const told = alertTimeline(history, now).filter(({ what }) =>
          [...ours].some((type) => type === what),
        );
        expect(told.map(({ what }) => what)).toEqual(events.map(({ type }) => type));
      }),
    );
  });

  it('has every page once, with what became of it, when and why', () => {
    fc.assert(
      fc.property(histories, ({ history, now }) => {
        const entries = alertTimeline(history, secondsAfter(now, 600));
        for (const { page, status, outcome, waits, receipts } of history.pages) {
          const own = entries.filter(({ pageId }) => pageId === page.pageId);
          expect(own.map(({ what }) => what).toSorted()).toEqual(
            ['page', `page-${status}`, ...receipts.map(({ state }) => `page-${state}`)].toSorted(),
          );
          const end = own.find(({ what }) => what === `page-${status}`);
          expect(end?.reason).toBe(outcome?.reason ?? waits?.reason);
        }
        const ids = history.pages.map(({ page }) => page.pageId);
        expect(entries.filter(({ what }) => what === 'page').map(({ pageId }) => pageId)).toEqual(
          ids,
        );
      }),
    );
  });

  it('has every reason for which a step came to nobody', () => {
    fc.assert(
      fc.property(histories, ({ history, events, now }) => {
        const unreached = events.flatMap((event) =>
          event.type === 'step-run' ? event.unreached.map(({ reason }) => reason) : [],
        );
        const entries = alertTimeline(history, now);
        const told = entries.filter(({ what }) => what === 'nobody');
        expect(told.map(({ reason }) => reason)).toEqual(unreached);
        const later = events.flatMap((event) => (event.type === 'step-run' ? event.later : []));
        const planned = entries.filter(({ what }) => what === 'further-channel');
        expect(planned.map(({ to }) => to)).toEqual(
          later.map(({ recipient }) => recipientKey(recipient)),
        );
      }),
    );
  });

  it('is the same in whatever order the pages are read', () => {
    fc.assert(
      fc.property(histories, ({ history, now }) => {
        const turned = { ...history, pages: history.pages.toReversed() };
        expect(alertTimeline(turned, now)).toEqual(alertTimeline(history, now));
      }),
    );
  });

  it('tells as one line how often an alert was looked at while it was held', () => {
    const held = { why: 'grouped', underAlertId: 'w-1.lead', untilAt: secondsAfter(T, 900) };
    const looks = [1, 2, 3].map((n) => ({ type: 'hold-kept', at: secondsAfter(T, 60 * n), held }));
    const paused = { ...looks[0], at: secondsAfter(T, 240), held: { ...held, why: 'paused' } };
    const recorded = [...looks, { type: 'hold-kept', ...paused }];
    expect(alertTimeline({ recorded, pages: [] }, T)).toMatchObject([
      {
        ...{ at: secondsAfter(T, 60), reason: 'grouped' },
        details: { times: 3, lastAt: '2026-03-02T20:03:00.000Z', underAlertId: 'w-1.lead' },
      },
      { reason: 'paused' },
    ]);
  });

  it('tells what is wrong with the channels of people', () => {
    const contactNotes = [{ personId: 'officer', channel: 'sms', why: 'unverified-and-used' }];
    const run = { type: 'step-run', at: T, step: 0, loop: 0, contactNotes };
    expect(alertTimeline({ recorded: [run], pages: [] }, T)[1]).toMatchObject({
      ...{ what: 'contact', to: 'sms.officer', reason: 'unverified-and-used' },
    });
  });

  it('tells of a page on a channel that it does not know', () => {
    const body = { pageId: 'p', alertId: 'a', wearerId: 'w-1', sequence: 1, step: 0, loop: 0 };
    const recipient = { channel: 'pigeon', personId: 'officer', loft: '+447700900001' };
    const page = pageWrittenSchema.parse({ ...body, createdAt: T, purpose: 'greeting', recipient });
    const row = { page, status: 'flying', outcome: null, waits: null, claimedUntilAt: null };
    const seen: PageSeen = { ...row, receipts: [], tries: 0 };
    const told = alertTimeline({ recorded: [], pages: [seen] }, T);
    expect(told.map(({ words }) => words)).toEqual([
      'greeting to pigeon.officer',
      'pigeon.officer: flying',
    ]);
    expect(JSON.stringify(told)).not.toContain('+44');
  });

  it('says of what it does not know no more than the record does', () => {
    const odd = { type: 'moon-asked', at: T, mood: 'full', until: { deep: 1 }, seenAt: T };
    const [entry] = alertTimeline({ recorded: [odd], pages: [] }, T);
    expect(entry).toEqual({
      ...{ at: T, what: 'moon-asked', words: 'moon asked' },
      details: { mood: 'full', seenAt: '2026-03-02T20:00:00.000Z' },
    });
  });
});
