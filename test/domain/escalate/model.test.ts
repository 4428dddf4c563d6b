import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { alertEventSchema } from '#domain/escalate/alert-events.ts';
import { decide } from '#domain/escalate/decide.ts';
import type { ContactChannel } from '#domain/escalate/roster.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Hears } from '#domain/liaison/who-may-hear.ts';
import { type Alert, alertSchema, type Page, pageSchema } from '#domain/model/alert.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type Policy, policySchema } from '#domain/model/person.ts';
import { recipientKey } from '#domain/model/recipient.ts';
import type { Severity } from '#domain/model/severity.ts';
import {
  acknowledge,
  close,
  contact,
  dutyRota,
  FORCE,
  facts,
  opening,
  person,
  roster,
  T,
  violation,
} from '#test/support/alerts.ts';
import { liaisonId } from '#test/support/liaisons.ts';

/** Ids as long as they may be: whatever is derived from them must still fit. */
const LONG = 'x'.repeat(61);
const COURT = liaisonId('crown');
const PEOPLE = ['officer', 'on-call', 'manager', `${LONG}-a`, 'ghost'];

const target = fc.oneof(
  fc.constant({ kind: 'responsible-officer' }),
  fc.constant({ kind: 'police' }),
  fc.constant({ kind: 'rota', rotaId: 'duty' }),
  fc.constantFrom(...PEOPLE).map((personId) => ({ kind: 'person', personId })),
);
const policies = fc
  .record({
    steps: fc.array(
      fc.record({
        delaySeconds: fc.constantFrom(0, 30, 300, 7_200),
        targets: fc.array(target, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    repeat: fc.nat({ max: 2 }),
    secondPersonFor: fc.constantFrom(['extreme'], []),
    lastResort: fc.constantFrom('manager', 'ghost').map((id) => ({ personIds: [id] })),
  })
  .map(({ steps, ...fields }) =>
    policySchema.parse({
      ...{ policyId: 'usual', name: 'Usual', ...fields },
      steps: steps.map((one, i) => ({ ...one, delaySeconds: one.delaySeconds || (i && 30) })),
    }),
  );

const voice = (id: string, afterSeconds: number | null): ContactChannel => ({
  recipient: { channel: 'voice', personId: person(id), phone: '+442079460001' },
  afterSeconds,
});

/** The officer has three channels, of which one waits; the manager's call waits for a failure. */
const channelsOf = (id: string) => {
  const { channels } = contact(id, { topicArn: id === 'officer' ? 'arn:t' : null });
  if (id === 'officer') return { channels: [...channels, voice(id, 120)] };
  return { channels: id === 'manager' ? [...channels, voice(id, null)] : channels };
};

const rosters = fc
  .record({
    known: fc.subarray(PEOPLE),
    hasRota: fc.boolean(),
    liaisons: fc.subarray<Hears>([
      { liaisonId: FORCE, kind: 'police', whyNot: null },
      { liaisonId: COURT, kind: 'court', whyNot: null },
    ]),
  })
  .map(({ known, hasRota, liaisons }) =>
    roster({
      contacts: known.map((id) => contact(id, channelsOf(id))),
      rotas: hasRota ? [dutyRota()] : [],
      liaisons,
    }),
  );

/** What may come, in words: turned into a command when it is known what the alert looks like. */
const happening = fc.record({
  waitSeconds: fc.oneof(...[150, 1_000, 20_000].map((max) => fc.nat({ max }))),
  kind: fc.constantFrom(
    'tick',
    'tick',
    'tick',
    'stale',
    'take',
    'take',
    'hand on',
    'fail',
    'close',
    'breach',
    'tell',
    'end',
    'amend',
    'withdraw',
    'find',
  ),
  by: fc.constantFrom(...PEOPLE),
  roster: rosters,
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

type World = Readonly<{
  policy: Policy;
  isOldNews: boolean;
  id: string;
  severity: Severity;
  isReviewed: boolean;
}>;

/** A page of the step that was run last, or of none, can never be delivered. */
const failed = ({ ran, told, feeds }: Alert): AlertCommand => {
  const recipient = told.at(-1) ?? { channel: 'duty-manager' };
  const place = { recipient, step: ran?.step ?? 0, loop: ran?.loop ?? 0 };
  const feed = feeds.find(({ liaisonId }) => recipientKey(recipient).endsWith(`.${liaisonId}`));
  return { type: 'page-failed', ...place, ...(feed && { sequenceInFeed: feed.raised }) };
};

const CLOSES = { type: 'close', reason: 'seen in the park' } as const;

const commandOf = (alert: Alert, { kind, by }: Happening, now: Instant): AlertCommand => {
  const known = alert.facts.violation;
  const changed = (fields: object): AlertCommand => ({
    type: 'violation-changed',
    violation: violation({ ...known, revision: known.revision + 1, ...fields }),
    opening: opening(),
  });
  switch (kind) {
    case 'take':
      return acknowledge(by);
    case 'close':
      return close(by, alert.epoch);
    case 'breach':
      return { ...CLOSES, by: person(by), epoch: alert.epoch, disposition: 'breach-initiated' };
    case 'tell': {
      const told = { by: person(by), epoch: alert.epoch, liaisonId: FORCE };
      return { type: 'tell-liaison', ...told, reason: 'a danger' };
    }
    case 'hand on':
      return { type: 'escalate', by: person(by), epoch: alert.epoch };
    case 'fail':
      return failed(alert);
    case 'end':
      return changed({ status: 'ended', endedAt: now });
    case 'amend':
      return changed({ openedAt: known.openedAt - 1_000 });
    case 'withdraw':
      return changed({ status: 'withdrawn' });
    case 'find':
      return changed({ status: 'open', endedAt: null });
    default:
      return { type: 'tick', epoch: kind === 'stale' ? alert.epoch - 1 || 99 : alert.epoch };
  }
};

const MAY_FOLLOW: Readonly<Record<Alert['status'], readonly Alert['status'][]>> = {
  open: ['open', 'acknowledged', 'closed'],
  acknowledged: ['acknowledged', 'open', 'closed'],
  closed: ['closed'],
};

const mayFollow = ({ status, closed }: Alert): readonly Alert['status'][] =>
  closed?.disposition === 'withdrawn' ? ['closed', 'open'] : MAY_FOLLOW[status];

const expectSound = (change: Transition): void => {
  const { before, after, events, pages } = change;
  alertSchema.parse(after);
  for (const event of events) alertEventSchema.parse(event);
  for (const page of pages) pageSchema.parse(page);
  expect(after.epoch).toBe((before?.epoch ?? 0) + 1);
  expect(after.nextDueAt === null).toBe(after.status === 'closed');
  expect(new Set(after.told.map(recipientKey)).size).toBe(after.told.length);
  if (after.status === 'acknowledged') {
    const people = new Set(after.acknowledgements.map(({ by }) => by));
    expect(people.size).toBeGreaterThanOrEqual(after.acknowledgementsNeeded);
  }
  if (before === null) return;
  expect(mayFollow(before)).toContain(after.status);
  expect(after).toMatchObject({ alertId: before.alertId, policy: before.policy });
  const isTaken = before.status === 'acknowledged' && after.status === 'acknowledged';
  const toPeople = pages.filter(({ recipient }) => recipient.channel !== 'liaison');
  if (isTaken) expect(toPeople).toEqual([]);
  if (after.status === before.status && after.status === 'closed') expect(toPeople).toEqual([]);
};

const liaisonOf = ({ recipient }: Page): string =>
  recipient.channel === 'liaison' ? recipient.liaisonId : '';

/** Whatever a liaison was told last of an alert is so: it has not to be told anything else. */
const expectTrueToLiaisons = ({ after }: Transition, pages: readonly Page[]): void => {
  const isSo = after.facts.violation.status !== 'withdrawn';
  const last = new Map(pages.map((page) => [liaisonOf(page), page.purpose]));
  last.delete('');
  for (const [to, purpose] of last) {
    if (!isSo) expect([to, purpose]).toEqual([to, 'stand-down']);
    else if (after.closed !== null && after.closed.by !== null) {
      expect([to, purpose]).toEqual([to, to === COURT ? 'alert' : 'closed']);
    }
  }
};

/** Of the steps run in one transition all but the last came to nobody, and the last to somebody. */
const expectNoWaitAtEmptySteps = ({ after, events }: Transition): void => {
  const ran = events.filter((event) => event.type === 'step-run');
  if (after.track === 'review' || ran.length === 0) return;
  for (const event of ran.slice(0, -1)) expect(event.recipients).toEqual([]);
  const last = ran.at(-1);
  expect((last?.recipients.length ?? 0) > 0 || last?.isLastResort).toBe(true);
};

/** A due instant always lies ahead of the transition that set it. */
const expectAhead = ({ after, events }: Transition, now: Instant): void => {
  const isPaging = events.some((event) => event.type === 'step-run');
  if (isPaging && after.nextDueAt !== null && after.policy.steps.every((s) => s.delaySeconds > 0)) {
    expect(after.nextDueAt).toBeGreaterThan(now);
  }
};

const open = (
  { isOldNews, id, ...opens }: World,
  reached: ReturnType<typeof roster>,
): Transition => {
  const about = violation({ violationId: id, isOldNews });
  const start = opening({ ...opens, facts: facts({ violation: about }) });
  const command = { type: 'violation-changed', violation: about, opening: start } as const;
  const decision = decide(null, command, { now: T, roster: reached });
  const change = decision.outcome === 'happened' ? transition(null, decision.events) : null;
  if (change === null) throw new Error('the alert did not open');
  return change;
};

type Played = Readonly<{ pages: readonly Page[]; notReached: ReadonlySet<string> }>;

const play = (world: World, happenings: readonly Happening[]): Played => {
  const pages: Page[] = [];
  const notReached = new Set<string>();
  const [first, ...rest] = happenings;
  if (first === undefined) return { pages, notReached };
  let change = open(world, first.roster);
  let now = T;
  const look = (): void => {
    expectSound(change);
    expectNoWaitAtEmptySteps(change);
    expectAhead(change, now);
    pages.push(...change.pages);
    expect(change.after.sequence).toBe(pages.length);
    for (const event of change.events) {
      if (event.type === 'liaison-not-reached') notReached.add(event.recipient.liaisonId);
    }
    const reached = pages.filter((page) => !notReached.has(liaisonOf(page)));
    expectTrueToLiaisons(change, reached);
  };
  look();
  for (const next of rest) {
    now = secondsAfter(now, next.waitSeconds);
    const alert = change.after;
    const command = commandOf(alert, next, now);
    const decision = decide(alert, command, { now, roster: next.roster });
    if (decision.outcome !== 'happened') continue;
    const changed = transition(alert, decision.events);
    if (changed === null) throw new Error('the events changed no alert');
    change = changed;
    look();
  }
  return { pages, notReached };
};

const pagesOf = (world: World, happenings: readonly Happening[]): readonly Page[] =>
  play(world, happenings).pages;

/** What may be told next to a liaison that was told something last. */
const MAY_BE_NEXT: Readonly<Record<Page['purpose'] | 'nothing', readonly Page['purpose'][]>> = {
  nothing: ['alert', 'review'],
  alert: ['update', 'closed', 'stand-down'],
  review: ['update', 'closed', 'stand-down'],
  update: ['update', 'closed', 'stand-down'],
  closed: ['stand-down', 'alert', 'review'],
  'stand-down': ['alert', 'review', 'closed'],
};

const worlds = fc.record({
  policy: policies,
  isOldNews: fc.boolean(),
  id: fc.constantFrom('w-1.curfew.abc', `${LONG}abc.${LONG}abc.mk2s9x1q`),
  severity: fc.constantFrom('moderate' as const, 'extreme' as const),
  isReviewed: fc.boolean(),
});
const courses = fc.array(happening, { minLength: 1, maxLength: 40 });

describe('whatever comes, in whatever order', () => {
  it('keeps every alert sound, its pages numbered without a gap, each under its own id', () => {
    fc.assert(
      fc.property(worlds, courses, (world, happenings) => {
        const pages = pagesOf(world, happenings);
        expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, i) => i + 1));
        expect(new Set(pages.map(({ pageId }) => pageId)).size).toBe(pages.length);
      }),
      { numRuns: 400 },
    );
  });

  it('tells each liaison by turns of an alert and of its end, and of changes between', () => {
    fc.assert(
      fc.property(worlds, courses, (world, happenings) => {
        const { pages, notReached } = play(world, happenings);
        for (const [to, told] of Map.groupBy(pages, liaisonOf)) {
          if (to === '' || notReached.has(to)) continue;
          let last: Page['purpose'] | 'nothing' = 'nothing';
          for (const { purpose } of told) {
            expect(MAY_BE_NEXT[last]).toContain(purpose);
            last = purpose;
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('numbers what a liaison is told without a gap, says why, and of each end how it ended', () => {
    fc.assert(
      fc.property(worlds, courses, (world, happenings) => {
        for (const [to, told] of Map.groupBy(pagesOf(world, happenings), liaisonOf)) {
          if (to === '') continue;
          expect(told.map(({ inFeed }) => inFeed?.sequence)).toEqual(told.map((_, i) => i + 1));
          for (const { purpose, inFeed } of told) {
            expect(inFeed?.decision).toBeDefined();
            const isEnd = purpose === 'closed' || purpose === 'stand-down' || to === COURT;
            expect(inFeed?.outcome !== null).toBe(isEnd);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stands down exactly those who were told, each on the channel they were told by', () => {
    fc.assert(
      fc.property(worlds, courses, (world, happenings) => {
        const told = new Set<string>();
        const { pages, notReached } = play(world, happenings);
        for (const { purpose, recipient } of pages) {
          const key = recipientKey(recipient);
          if (notReached.has(key.replace('liaison.', ''))) continue;
          if (purpose === 'update') expect(told).toContain(key);
          else if (purpose === 'stand-down') expect(told.delete(key)).toBe(true);
          else told.add(key);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same pages when it is played again', () => {
    fc.assert(
      fc.property(worlds, courses, (world, happenings) => {
        expect(play(world, happenings)).toEqual(play(world, happenings));
      }),
      { numRuns: 50 },
    );
  });
});
