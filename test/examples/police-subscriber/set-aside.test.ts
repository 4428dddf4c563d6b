import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catchUp, report } from '../../../examples/police-subscriber/catch-up.ts';
import { FeedProblem } from '../../../examples/police-subscriber/feed-client.ts';
import { Journal } from '../../../examples/police-subscriber/journal.ts';
import type { CloudEvent } from '../../../examples/police-subscriber/wire.ts';
import { anEvent } from './given-events.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What comes of reading a feed in which anything may stand; the journal is opened afresh. */
const read = async (feed: readonly unknown[], ...pushed: readonly CloudEvent[]) => {
  const journal = new Journal(join(folder, 'journal.jsonl'));
  const shown: string[] = [];
  const said: string[] = [];
  const reports: [string, string][] = [];
  for (const event of pushed) shown.push(...journal.store(event).map(({ id }) => id));
  const client = {
    events: async (after: number) => ({
      events: feed.slice(after).map((event, i) => ({ position: after + i + 1, event })),
      ...{ next: feed.length, more: false },
    }),
    report: async (...one: [string, string]) => {
      reports.push(one);
    },
  };
  const failure = await catchUp({
    ...{ journal, client, say: (what: string) => said.push(what) },
    onEvent: ({ id }) => shown.push(id),
  }).catch(String);
  await report({ journal, client });
  const { after, gaps, unacknowledged } = journal.inbox;
  journal.close();
  return { shown, said, reports, after, gaps, unacknowledged, failure };
};

const FEED = [anEvent('a', 1), anEvent('a', 2), anEvent('a', 3), anEvent('b', 1)];
const OF_TOMORROW = [
  ['another version', { ...anEvent('a', 2), type: 'homeward.alert.updated.v2' }],
  ['a status of tomorrow', { ...anEvent('a', 2), data: { properties: { status: 'Draft' } } }],
  ['no data', { id: 'a.2' }],
] as const;

describe('given an event in the feed that the subscriber does not know', () => {
  it.each(OF_TOMORROW)('%s is set aside and reported, and stops nothing', async (_, unknown) => {
    const feed = [FEED[0], unknown, FEED[2], FEED[3]];
    const first = await read(feed);
    expect(first.shown).toEqual(['a.1', 'a.3', 'b.1']);
    expect(first.said.join()).toContain('set aside what stands at 2');
    expect(first.reports).toEqual([['a.2', expect.stringMatching(/\w+: \w+/)]]);
    expect(first.unacknowledged).toEqual(['a.1', 'a.3', 'b.1']);
    const second = await read(feed);
    expect([second.shown, second.said, second.reports, second.after]).toEqual([[], [], [], 4]);
  });

  it.each([[null], ['text'], [42], [{ id: 7 }], [[]], [{ id: 'x'.repeat(10_000) }]])(
    '%j stops nothing',
    async (unknown) => {
      const { shown, after } = await read([FEED[0], unknown, FEED[3]]);
      expect(shown).toEqual(['a.1', 'b.1']);
      expect(after).toBe(3);
    },
  );

  it('says of the value nothing, which may be a name', async () => {
    const unknown = { ...anEvent('a', 1), type: 'John Carter', specversion: 'John Carter' };
    const { reports, said } = await read([unknown]);
    expect(JSON.stringify([reports, said])).not.toContain('Carter');
  });

  it('still notices a number that is missing, and goes on behind it', async () => {
    const feed = [FEED[0], FEED[2], FEED[3]];
    const { shown, said, gaps } = await read(feed);
    expect(shown).toEqual(['a.1', 'b.1', 'a.3']);
    expect(said).toEqual(['incident a: a number is missing, also in the feed; ask the agency']);
    expect(gaps).toEqual([]);
    expect((await read(feed)).said).toEqual([]);
  });

  it('waits with what was pushed early until the feed has been read that far', async () => {
    const early = await read([FEED[0]], anEvent('a', 3));
    expect([early.shown, early.gaps]).toEqual([['a.1'], ['a']]);
    const later = await read([FEED[0], FEED[1], FEED[2]]);
    expect([later.shown, later.gaps, later.said]).toEqual([['a.2', 'a.3'], [], []]);
  });

  it('shows what comes after its turn was passed, and takes it for nothing newer', async () => {
    await read([FEED[0], FEED[2]]);
    expect((await read([FEED[0], FEED[2], FEED[1]])).shown).toEqual(['a.2']);
    const journal = new Journal(join(folder, 'journal.jsonl'));
    expect(journal.inbox.newestOf('a').map(({ id }) => id)).toEqual(['a.3']);
    journal.close();
  });

  it('goes on where the feed is kept no longer, once, and says what it has lost', async () => {
    const journal = new Journal(join(folder, 'journal.jsonl'));
    const said: string[] = [];
    const pages = [
      { events: [], goneTo: 4, next: 4, more: true },
      { events: [{ position: 7, event: FEED[0] }], goneTo: 6, next: 7, more: false },
      { events: [], next: 7, more: false },
    ];
    const client = { events: async () => pages.shift() ?? Promise.reject(new Error('no page')) };
    const parts = { journal, client, onEvent: () => undefined, say: (it: string) => said.push(it) };
    await catchUp(parts);
    await catchUp(parts);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('kept no longer up to 4');
    expect(journal.inbox.after).toBe(7);
    journal.close();
    const again = new Journal(join(folder, 'journal.jsonl'));
    expect(again.inbox.after).toBe(7);
    again.close();
  });

  it('reads no further where the page leaps past its own events', async () => {
    const journal = new Journal(join(folder, 'journal.jsonl'));
    const client = { events: async () => ({ events: [], next: 7, more: false }) };
    const parts = { journal, client, onEvent: () => undefined, say: () => undefined };
    await expect(catchUp(parts)).rejects.toThrow('leaps from 0 to 7');
    expect(journal.inbox.after).toBe(0);
    journal.close();
  });
});

describe('telling the agency what is of no use', () => {
  const aReport = async (status: number) => {
    const journal = new Journal(join(folder, 'journal.jsonl'));
    journal.take(1, { id: 'a.1' });
    const client = {
      report: async () => {
        throw new FeedProblem(status, 'acks');
      },
    };
    const failure = await report({ journal, client }).catch(String);
    const { size } = journal.inbox.unreported;
    journal.close();
    return { failure, size };
  };

  it('is not done again where the agency does not know the id', async () => {
    expect(await aReport(400)).toEqual({ failure: undefined, size: 0 });
  });

  it.each([401, 429, 503])('is done again after %d', async (status) => {
    expect((await aReport(status)).size).toBe(1);
  });
});
