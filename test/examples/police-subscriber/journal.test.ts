import { mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge, catchUp } from '../../../examples/police-subscriber/catch-up.ts';
import { Journal } from '../../../examples/police-subscriber/journal.ts';
import { type CloudEvent, sequenceOf } from '../../../examples/police-subscriber/wire.ts';
import { anEvent, feedOf } from './given-events.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const opened = <T>(use: (journal: Journal) => T): T => {
  const journal = new Journal(path);
  try {
    return use(journal);
  } finally {
    journal.close();
  }
};
const afresh = <T>(use: (journal: Journal) => T): T => {
  rmSync(path, { force: true });
  return opened(use);
};

/** Each incident's events from 1 on, each once. */
const expectInOrder = (events: readonly CloudEvent[]): void => {
  const nextOf = new Map<string, number>();
  for (const event of events) {
    const next = nextOf.get(event.subject) ?? 1;
    expect(sequenceOf(event)).toBe(next);
    nextOf.set(event.subject, next + 1);
  }
};

/** A sender with a feed, that loses its voice at some of the questions. */
const senderOf = (feed: readonly CloudEvent[], page: number) => {
  const acknowledged = new Set<string>();
  return {
    acknowledged,
    events: async (after: number) => {
      const events = feed
        .slice(after, after + page)
        .map((event, i) => ({ position: after + i + 1, event }));
      const next = after + events.length;
      return { events, next, more: next < feed.length };
    },
    acknowledge: async (ids: readonly string[]) => {
      for (const id of ids) acknowledged.add(id);
    },
  };
};

describe("the subscriber's journal", () => {
  it('hands on each event once and in order, however they come', () => {
    const events = feedOf(3, 4);
    const arrivals = fc
      .shuffledSubarray([...events, ...events], { minLength: events.length })
      .map((some) => [...some, ...events]);
    fc.assert(
      fc.property(arrivals, (all) => {
        afresh((journal) => {
          const handedOn = all.flatMap((event) => journal.store(event));
          expectInOrder(handedOn);
          expect(handedOn).toHaveLength(events.length);
          expect(journal.inbox.gaps).toEqual([]);
        });
      }),
      { numRuns: 10 },
    );
  });

  it('says of which incident an event is missing, and waits with what came early', () => {
    opened((journal) => {
      expect(journal.store(anEvent('a', 1))).toHaveLength(1);
      expect(journal.store(anEvent('a', 3))).toEqual([]);
      expect(journal.inbox.gaps).toEqual(['a']);
      expect(journal.store(anEvent('a', 2)).map(sequenceOf)).toEqual([2, 3]);
      expect(journal.inbox.gaps).toEqual([]);
    });
  });

  it('is whole again wherever the writing of it was cut off', () => {
    const events = feedOf(2, 2);
    opened((journal) => {
      for (const event of events) journal.store(event);
    });
    const bytes = readFileSync(path);
    for (let length = 0; length <= bytes.length; length += 29) {
      writeFileSync(path, bytes.subarray(0, length));
      opened((journal) => {
        for (const event of events) journal.store(event);
        expectInOrder(journal.inbox.inOrder);
        expect(journal.inbox.inOrder).toHaveLength(events.length);
      });
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it('stays whole where the disk is full, and says so', () => {
    const [one, two, three] = feedOf(1, 3);
    if (!(one && two && three)) throw new Error('three events');
    let room = Number.POSITIVE_INFINITY;
    const journal = new Journal(path, (file, bytes, from) => {
      if (from >= room) throw new Error('no space left on device');
      return writeSync(file, bytes.subarray(from, from + 20));
    });
    journal.store(one);
    room = 40;
    expect(() => journal.store(two)).toThrow('no space left');
    expect(journal.inbox.has(two.id)).toBe(false);
    room = Number.POSITIVE_INFINITY;
    journal.store(two);
    journal.close();
    opened((again) => {
      expect(again.store(two)).toEqual([]);
      expect(again.store(three).map(sequenceOf)).toEqual([3]);
    });
  });

  it('takes nothing of the other feed, also the next time', () => {
    opened((journal) => journal.begin('exercise'));
    opened((journal) => {
      journal.begin('exercise');
      expect(() => journal.begin('actual')).toThrow('of the exercise feed');
    });
  });

  it('refuses a line that it has not written', () => {
    writeFileSync(path, '{"kind":"forgotten"}\n');
    expect(() => new Journal(path)).toThrow();
  });
});

describe('catching up', () => {
  it('brings and acknowledges all, each once and in order, whenever it is killed', async () => {
    const feed = feedOf(3, 5);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
        async (page, kills) => {
          rmSync(path, { force: true });
          const sender = senderOf(feed, page);
          for (const calls of [...kills, Number.POSITIVE_INFINITY]) {
            let left = calls;
            const orDie = () => {
              left -= 1;
              if (left < 0) throw new Error('killed');
            };
            const client = {
              events: async (after: number) => {
                orDie();
                return sender.events(after);
              },
              acknowledge: async (ids: readonly string[]) => {
                orDie();
                await sender.acknowledge(ids);
                orDie();
              },
            };
            const journal = new Journal(path);
            try {
              await catchUp({ journal, client, onEvent: orDie, say: () => undefined });
              await acknowledge({ journal, client });
            } catch (error) {
              expect(String(error)).toContain('killed');
            } finally {
              journal.close();
            }
          }
          opened(({ inbox }) => {
            expectInOrder(inbox.inOrder);
            expect(inbox.inOrder).toHaveLength(feed.length);
            expect(inbox.unacknowledged).toEqual([]);
          });
          expect(sender.acknowledged.size).toBe(feed.length);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('brings what a push left out, and nothing twice', async () => {
    const feed = feedOf(1, 3);
    const shown: CloudEvent[] = [];
    const journal = new Journal(path);
    for (const event of [feed[0], feed[2]]) if (event) shown.push(...journal.store(event));
    await catchUp({
      ...{ journal, client: senderOf(feed, 10), say: () => undefined },
      onEvent: (event) => shown.push(event),
    });
    journal.close();
    expect(shown.map(sequenceOf)).toEqual([1, 2, 3]);
  });

  it('reads no further where the feed leaps', async () => {
    const [first, second] = feedOf(1, 2);
    const journal = new Journal(path);
    const client = {
      events: async () => ({
        events: [first, second].flatMap((event, i) =>
          event ? [{ position: 1 + 2 * i, event }] : [],
        ),
        next: 3,
        more: false,
      }),
      acknowledge: async () => undefined,
    };
    const reading = catchUp({ journal, client, onEvent: () => undefined, say: () => undefined });
    await expect(reading).rejects.toThrow('leaps');
    expect(journal.inbox.after).toBe(0);
    journal.close();
  });
});
