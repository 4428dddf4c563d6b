import { describe, expect, it } from 'vitest';
import type { Alert } from '#domain/model/alert.ts';
import type { Instant } from '#domain/model/instant.ts';
import { MissingForAlert } from '#functions/adapters/dynamodb/alert-context.ts';
import { type EscalateDeps, run } from '#functions/escalate/run.ts';
import { holdLimits } from '#lib/thresholds.ts';
import {
  contact,
  FORCE,
  later,
  OFFICER,
  police,
  policy,
  roster,
  sms,
  T,
  violation,
  violationOpens,
} from '#test/support/alerts.ts';
import { failed, NOTHING_FAILED, queueBatch, streamBatch } from '#test/support/batches.ts';
import { deadline, image } from '#test/support/escalate-input.ts';
import { alertAfter, OPEN, TAKEN } from '#test/support/given-alert.ts';
import { changingAlerts, heardFeeds, keptPauses, knownContext } from '#test/support/kept-alerts.ts';
import { outboxImage, page } from '#test/support/pages.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { noTransfers } from '#test/support/transfers.ts';

const text = (S: string) => ({ S });

type World = Readonly<{ now?: Instant; alerts?: readonly Alert[]; deps?: Partial<EscalateDeps> }>;

const escalate = ({ now = T, alerts = [], deps = {} }: World = {}) => {
  const kept = changingAlerts(() => now, ...alerts);
  const aside: string[] = [];
  const nudged: string[] = [];
  const told = recordedTelemetry();
  const handle = run({
    now: () => now,
    context: knownContext,
    feeds: heardFeeds,
    putNudge: async (_, { violationId }) => {
      nudged.push(violationId);
      return 'put';
    },
    putAside: async (_, { violationId }) => {
      aside.push(violationId);
    },
    loadAlert: kept.alerts.load,
    loadEpisodes: kept.episodes.load,
    ...{ pauses: keptPauses().pauses, holdLimits },
    changeAlert: kept.changeAlert,
    ...noTransfers,
    alertTimer: kept.alertTimer,
    telemetry: told.telemetry,
    ...deps,
  });
  return { handle, aside, nudged, ...kept, ...told };
};

describe('a violation from the stream', () => {
  it('opens its alert, pages the first step and arms the next', async () => {
    const { handle, byId, pages, armed, measured } = escalate();
    expect(await handle(streamBatch(image(violation())))).toEqual(NOTHING_FAILED);
    expect([...byId.values()]).toMatchObject([{ alertId: 'w-1.curfew.abc', status: 'open' }]);
    expect(pages).toHaveLength(1);
    expect(armed).toEqual([[1, later(300)]]);
    expect(measured).toEqual([
      ['alert-opened', 1],
      ['step-run', 1],
    ]);
  });

  it('that is known changes nothing, and is put aside so that no sweep finds it', async () => {
    const { handle, aside, pages } = escalate({ alerts: [OPEN] });
    expect(await handle(streamBatch(image(violation())))).toEqual(NOTHING_FAILED);
    expect(pages).toEqual([]);
    expect(aside).toEqual(['w-1.curfew.abc']);
  });

  it('that ended is noted with its alert', async () => {
    const { handle, byId } = escalate({ alerts: [OPEN] });
    const ended = violation({ revision: 2, status: 'ended', endedAt: later(60) });
    await handle(streamBatch(image(ended)));
    expect([...byId.values()]).toMatchObject([{ facts: { violation: { endedAt: later(60) } } }]);
  });

  it('is decided anew when somebody changes the alert in between', async () => {
    const world = escalate();
    world.conflictNext(2);
    expect(await world.handle(streamBatch(image(violation())))).toEqual(NOTHING_FAILED);
    expect(world.pages).toHaveLength(1);
  });

  it('comes again when somebody keeps changing the alert', async () => {
    const world = escalate();
    world.conflictNext(99);
    expect(await world.handle(streamBatch(image(violation())))).toEqual(failed('s-0'));
    expect(world.pages).toEqual([]);
  });

  it('waits for what is not on record; other wearers do not', async () => {
    const context = {
      ...knownContext,
      loadOpening: async (...asked: Parameters<typeof knownContext.loadOpening>) => {
        if (asked[1].wearerId === 'w-1') throw new MissingForAlert('policy usual');
        return knownContext.loadOpening(...asked);
      },
    };
    const other = violation({ wearerId: 'w-2', violationId: 'w-2.curfew.abc' });
    const { handle, byId, lines } = escalate({ deps: { context } });
    const batch = streamBatch(image(violation()), image(other, 'demo#WEARER#w-2'));
    expect(await handle(batch)).toEqual(failed('s-0'));
    expect([...byId.keys()]).toEqual(['w-2.curfew.abc']);
    expect(lines[0]).toMatchObject({ level: 'error', fields: { error: 'MissingForAlert' } });
  });

  it('that cannot be read is given again', async () => {
    const broken = { ...image(violation()), life: text('{') };
    expect(await escalate().handle(streamBatch(broken))).toEqual(failed('s-0'));
  });
});

describe('an alert that the sweep wakes', () => {
  const woken = {
    ...{ pk: text('demo#ALERT#a'), sk: text('ALERT'), entity: text('ALERT') },
    ...{ agencyId: text('demo'), body: text(JSON.stringify(OPEN)), wokenAt: { N: '1' } },
  };

  it('runs its step as a timer would have, once', async () => {
    const { handle, pages } = escalate({ now: later(330), alerts: [OPEN] });
    expect(await handle(streamBatch(woken, woken))).toEqual(NOTHING_FAILED);
    expect(pages).toMatchObject([{ step: 1 }]);
  });

  it('does nothing where it has changed since', async () => {
    const { handle, pages } = escalate({ now: later(330), alerts: [TAKEN] });
    expect(await handle(streamBatch(woken))).toEqual(NOTHING_FAILED);
    expect(pages).toEqual([]);
  });
});

const POLICE_AT_ONCE = policy({
  steps: [{ delaySeconds: 0, targets: [{ kind: 'police' }] }],
  repeat: 0,
});

describe('a page that can never be delivered', () => {
  const failedPage = {
    ...outboxImage('page', page({ severity: 'moderate' })),
    status: text('failed'),
  };

  it('runs the next step at once where nobody of its step is left, and only once', async () => {
    const { handle, pages } = escalate({ now: later(5), alerts: [OPEN] });
    const batch = streamBatch(failedPage, failedPage);
    expect(await handle(batch)).toEqual(NOTHING_FAILED);
    expect(pages).toMatchObject([{ step: 1, recipient: { personId: 'on-call' } }]);
  });

  it('to a liaison makes it one that may be told again, once', async () => {
    const reached = roster({ liaisons: [{ liaisonId: FORCE, kind: 'police', whyNot: null }] });
    const told = alertAfter({
      ...{ command: violationOpens({}, { policy: POLICE_AT_ONCE }), now: T, roster: reached },
    });
    const inFeed = { sequence: 1, follows: null, outcome: null };
    const lost = {
      ...outboxImage('page', page({ recipient: police, inFeed })),
      status: text('failed'),
    };
    const { handle, byId } = escalate({ now: later(5), alerts: [told] });
    expect(told.feeds).toMatchObject([{ liaisonId: FORCE, knows: 'it-is-so' }]);
    expect(await handle(streamBatch(lost, lost))).toEqual(NOTHING_FAILED);
    const feeds = byId.get(told.alertId)?.feeds;
    expect(feeds).toMatchObject([{ liaisonId: FORCE, knows: 'nothing' }]);
  });

  it('of a stand-down calls for nothing', async () => {
    const standDown = {
      ...outboxImage('page', page({ purpose: 'stand-down' })),
      status: text('failed'),
    };
    const { handle, pages } = escalate({ now: later(5), alerts: [OPEN] });
    expect(await handle(streamBatch(standDown))).toEqual(NOTHING_FAILED);
    expect(pages).toEqual([]);
  });
});

describe('a page that the sweep brings again', () => {
  const { channels } = contact('officer');
  const email = { channel: 'email', personId: OFFICER, topicArn: 'arn:officer' } as const;
  const reached = roster({
    contacts: [
      contact('officer', { channels: [...channels, { recipient: email, afterSeconds: null }] }),
    ],
  });
  const alert = alertAfter({ command: violationOpens(), now: T, roster: reached });
  const broughtAgain = (tries: number) => ({
    ...outboxImage('page', page({ alertId: alert.alertId, recipient: sms('officer') })),
    tries: { N: `${tries}` },
  });

  it("brings in the person's next channel where nobody could send it the time before", async () => {
    const { handle, pages } = escalate({ now: later(140), alerts: [alert] });
    expect(await handle(streamBatch(broughtAgain(1)))).toEqual(NOTHING_FAILED);
    expect(pages).toEqual([]);
    expect(await handle(streamBatch(broughtAgain(2), broughtAgain(3)))).toEqual(NOTHING_FAILED);
    expect(pages).toMatchObject([{ step: 0, recipient: { channel: 'email' } }]);
  });
});

describe('something found that only the wearer is told of', () => {
  const due = violation({ reason: 'check-due', rule: 'check-prompt' });

  it('becomes a nudge, and opens no alert', async () => {
    const { handle, nudged, aside, byId, pages, measured } = escalate();
    expect(await handle(streamBatch(image(due)))).toEqual(NOTHING_FAILED);
    expect(nudged).toEqual([due.violationId]);
    expect([...byId.keys(), ...pages, ...aside]).toEqual([]);
    expect(measured).toEqual([['nudge-put', 1]]);
  });

  it('is put aside when it comes again, so that no sweep finds it', async () => {
    const { handle, aside, measured } = escalate({ deps: { putNudge: async () => 'known' } });
    expect(await handle(streamBatch(image(due)))).toEqual(NOTHING_FAILED);
    expect(aside).toEqual([due.violationId]);
    expect(measured).toEqual([]);
  });

  it('comes again where it could not be put', async () => {
    const putNudge = () => Promise.reject(new MissingForAlert('wearer w-1'));
    const { handle, byId } = escalate({ deps: { putNudge } });
    expect(await handle(streamBatch(image(due)))).toEqual(failed('s-0'));
    expect([...byId.keys()]).toEqual([]);
  });
});

describe('a deadline from the queue', () => {
  it('runs the step that is due', async () => {
    const { handle, pages, armed } = escalate({ now: later(300), alerts: [OPEN] });
    expect(await handle(queueBatch(deadline(1)))).toEqual(NOTHING_FAILED);
    expect(pages).toMatchObject([{ step: 1, recipient: { personId: 'on-call' } }]);
    expect(armed).toEqual([[2, later(600)]]);
  });

  it('that fires early arms the exact one and changes nothing', async () => {
    const { handle, pages, armed, saved } = escalate({ now: later(1), alerts: [OPEN] });
    expect(await handle(queueBatch(deadline(1)))).toEqual(NOTHING_FAILED);
    expect(armed).toEqual([[1, later(300)]]);
    expect([...pages, ...saved]).toEqual([]);
  });

  it('of an earlier epoch does nothing and arms nothing', async () => {
    const { handle, armed, saved, lines } = escalate({ now: later(300), alerts: [TAKEN] });
    expect(await handle(queueBatch(deadline(1)))).toEqual(NOTHING_FAILED);
    expect([...armed, ...saved]).toEqual([]);
    expect(lines).toMatchObject([{ message: 'nothing to do', fields: { reason: 'stale-tick' } }]);
  });

  it('given twice runs its step once', async () => {
    const { handle, pages } = escalate({ now: later(300), alerts: [OPEN] });
    await handle(queueBatch(deadline(1), deadline(1)));
    expect(pages).toHaveLength(1);
  });

  it('of an alert that does not exist is refused, and not given again', async () => {
    const { handle, lines } = escalate();
    expect(await handle(queueBatch(deadline(1)))).toEqual(NOTHING_FAILED);
    expect(lines).toMatchObject([{ level: 'warn', fields: { reason: 'alert-unknown' } }]);
  });

  it('that fails is given again alone', async () => {
    const { handle, pages } = escalate({ now: later(300), alerts: [OPEN] });
    const batch = queueBatch('no JSON', deadline(1), { kind: 'tick' });
    expect(await handle(batch)).toEqual(failed('m-0', 'm-2'));
    expect(pages).toHaveLength(1);
  });
});

describe('a batch that is neither', () => {
  it('is thrown back whole', async () => {
    await expect(escalate().handle({ Records: [{ what: 1 }] })).rejects.toThrow();
  });
});
