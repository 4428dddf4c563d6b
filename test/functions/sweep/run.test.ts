import { describe, expect, it } from 'vitest';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsBetween } from '#domain/model/instant.ts';
import type { Overdue } from '#functions/adapters/dynamodb/due.ts';
import { deliveryMessageSchema, evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { run, type SweepDeps } from '#functions/sweep/run.ts';
import { later, T } from '#test/support/alerts.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { WEARER } from '#test/support/supervisions.ts';

const row = (pk: string, sk: string | null, dueAt: Instant = later(-60)): Overdue => ({
  pk,
  sk,
  dueAt,
});

const sweep = (parts: Partial<SweepDeps> = {}) => {
  const queued: unknown[] = [];
  const woken: string[] = [];
  const touched: [string, number][] = [];
  const swept: string[] = [];
  const askedUntil: Instant[] = [];
  const told = recordedTelemetry();
  const nothing = async (until: Instant) => {
    askedUntil.push(until);
    return [];
  };
  const handle = run({
    now: () => T,
    agencyId: WEARER.agencyId,
    loadDeviceBatches: async () => ({ worn: [], tampers: [] }),
    loadDueWearers: nothing,
    loadDueRows: nothing,
    loadParked: async () => [],
    loadSilentFeeds: async () => [],
    feedLateAfterSeconds: 900,
    wakeAlert: async ({ pk }) => {
      woken.push(pk);
    },
    sweepDraft: async ({ sk }) => {
      swept.push(sk);
    },
    remindOfContacts: async ({ sk }) => {
      swept.push(sk);
    },
    raiseTask: async ({ sk }) => {
      swept.push(sk);
    },
    endLevel: async ({ sk }) => {
      swept.push(sk);
    },
    outbox: {
      touch: async ({ sk }, _, next) => {
        touched.push([sk, secondsBetween(T, next)]);
      },
    },
    events: {
      sendAll: async (messages) => {
        queued.push(...messages);
      },
    },
    deliveries: {
      sendAll: async (messages) => {
        queued.push(...messages);
      },
    },
    telemetry: told.telemetry,
    ...parts,
  });
  return { handle, queued, woken, touched, swept, askedUntil, ...told };
};

describe('each minute', () => {
  it('says that nothing is overdue, so that its silence can alarm', async () => {
    const { handle, measured, lines } = sweep();
    await handle();
    expect(measured).toEqual([
      ['overdueMaxSeconds', 0],
      ['wearersParked', 0],
      ['feedsLate', 0],
    ]);
    expect(lines).toEqual([]);
  });

  it('counts and names the feeds of which nothing came for a quarter of an hour', async () => {
    const asked: Instant[] = [];
    const loadSilentFeeds = async (until: Instant) => {
      asked.push(until);
      return ['demo#FEED#head-end'];
    };
    const { handle, measured, lines } = sweep({ loadSilentFeeds });
    await handle();
    expect(asked).toEqual([later(-900)]);
    expect(measured).toContainEqual(['feedsLate', 1]);
    expect(lines).toMatchObject([{ message: 'feed late', fields: { feed: 'demo#FEED#head-end' } }]);
  });

  it('leaves a timer 20 seconds to do its work', async () => {
    const { handle, askedUntil } = sweep();
    await handle();
    expect(askedUntil).toEqual([later(-20), later(-20)]);
  });

  it('drives an overdue wearer by a tick, as its timer would have', async () => {
    const due = [row('demo#w-1', null, later(-45))];
    const { handle, queued, measured } = sweep({ loadDueWearers: async () => due });
    await handle();
    const tick = { kind: 'tick', agencyId: 'demo', wearerId: 'w-1', dueAt: later(-45) };
    expect(queued.map((message) => evaluateMessageSchema.parse(message))).toEqual([tick]);
    expect(measured).toContainEqual(['overdueMaxSeconds', 45]);
  });

  it('wakes an overdue alert by another way than its timers', async () => {
    const { handle, woken, touched } = sweep({
      loadDueRows: async () => [row('demo#ALERT#a', 'ALERT')],
    });
    await handle();
    expect(woken).toEqual(['demo#ALERT#a']);
    expect(touched).toEqual([]);
  });

  it('raises what somebody at the agency has left undone', async () => {
    const { handle, swept } = sweep({
      loadDueRows: async () => [row('demo#WEARER#w-1', 'TASK#plan-review.abc')],
    });
    await handle();
    expect(swept).toEqual(['TASK#plan-review.abc']);
  });

  it('wakes an overdue transfer as it wakes an alert', async () => {
    const { handle, woken } = sweep({
      loadDueRows: async () => [row('demo#INCIDENT#a', 'TRANSFER')],
    });
    await handle();
    expect(woken).toEqual(['demo#INCIDENT#a']);
  });

  it('wakes alerts also where the queue of ticks is down, and says that it is', async () => {
    const { handle, woken } = sweep({
      loadDueWearers: async () => [row('demo#w-1', null, later(-45))],
      loadDueRows: async () => [row('demo#ALERT#a', 'ALERT')],
      events: { sendAll: () => Promise.reject(new Error('the queue is down')) },
    });
    await expect(handle()).rejects.toThrow('the queue is down');
    expect(woken).toEqual(['demo#ALERT#a']);
  });

  it.each(['OUTBOX#00000001', 'VIOLATION#w-1.curfew.abc'])(
    'brings %s before the stream again, so that the next sweep finds it if it waits still',
    async (sk) => {
      const { handle, woken, touched } = sweep({ loadDueRows: async () => [row('p', sk)] });
      await handle();
      expect(touched).toEqual([[sk, 30]]);
      expect(woken).toEqual([]);
    },
  );

  it('has a feed delivered in which something waits', async () => {
    const rows = [row('demo#LIAISON_FEED#met', 'DELIVERY')];
    const { handle, queued, touched } = sweep({ loadDueRows: async () => rows });
    await handle();
    expect(queued.map((message) => deliveryMessageSchema.parse(message))).toEqual([
      { kind: 'feed', agencyId: 'demo', liaisonId: 'met', door: 'actual' },
    ]);
    expect(touched).toEqual([]);
  });

  it('sweeps a draft of a zone list that nobody published', async () => {
    const sk = 'DRAFT#june#00000001';
    const { handle, swept, touched } = sweep({ loadDueRows: async () => [row('p', sk)] });
    await handle();
    expect([swept, touched]).toEqual([[sk], []]);
  });

  it('reminds of contacts that are to be verified again', async () => {
    const sk = 'CONTACTS_DUE';
    const { handle, swept, touched } = sweep({ loadDueRows: async () => [row('p', sk)] });
    await handle();
    expect([swept, touched]).toEqual([[sk], []]);
  });

  it('measures the most overdue of all, and counts what it drove', async () => {
    const { handle, measured, lines } = sweep({
      loadDueWearers: async () => [row('demo#w-1', null, later(-30))],
      loadDueRows: async () => [row('p', 'OUTBOX#1', later(-400)), row('p', 'OUTBOX#2')],
    });
    await handle();
    expect(measured).toContainEqual(['overdueMaxSeconds', 400]);
    expect(lines).toMatchObject([
      { message: 'overdue work driven', fields: { wearers: 1, rows: 2 } },
    ]);
  });
});

describe('when something fails', () => {
  it('drives what is overdue also where the late feeds cannot be counted', async () => {
    const { handle, queued, measured, lines } = sweep({
      loadDueWearers: async () => [row('demo#w-1', null)],
      loadSilentFeeds: () => Promise.reject(new Error('throttled')),
    });
    await handle();
    expect(queued).toHaveLength(1);
    expect(measured.map(([name]) => name)).not.toContain('feedsLate');
    expect(lines[0]).toMatchObject({ level: 'error', message: 'late feeds not counted' });
  });

  it('drives the other rows, and says which kind of error it was', async () => {
    const touched: string[] = [];
    const { handle, lines } = sweep({
      loadDueRows: async () => [row('p', 'OUTBOX#1'), row('p', 'OUTBOX#2')],
      outbox: {
        touch: async ({ sk }) => {
          if (sk === 'OUTBOX#1') throw new RangeError('Jo Bloggs');
          touched.push(sk);
        },
      },
    });
    await handle();
    expect(touched).toEqual(['OUTBOX#2']);
    expect(lines[0]).toMatchObject({ level: 'error', fields: { error: 'RangeError' } });
  });

  it('fails as a whole where the table cannot be read, so that it alarms', async () => {
    const { handle } = sweep({ loadDueRows: () => Promise.reject(new Error('no table')) });
    await expect(handle()).rejects.toThrow('no table');
  });

  it('counts those who are parked, for whom nothing is driven', async () => {
    const wearerId = wearerIdSchema.parse('w-1');
    const loadParked = async () => [{ agencyId: 'demo', wearerId, parkedAt: T }];
    const { handle, measured, queued } = sweep({ loadParked });
    await handle();
    expect(measured).toContainEqual(['wearersParked', 1]);
    expect(queued).toEqual([]);
  });

  it('drives what is overdue although the parked cannot be counted', async () => {
    const loadDueWearers = async () => [row('demo#w-1', null)];
    const loadParked = () => Promise.reject(new Error('throttled'));
    const { handle, queued, measured } = sweep({ loadDueWearers, loadParked });
    await handle();
    expect(queued).toHaveLength(1);
    expect(measured.map(([name]) => name)).not.toContain('wearersParked');
  });
});
