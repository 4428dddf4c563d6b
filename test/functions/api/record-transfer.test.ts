import { beforeAll, describe, expect, it } from 'vitest';
import {
  HISTORY_GROUPS,
  type HistoryGroup,
  lineSchemas,
} from '#domain/exchange/record-transfer.ts';
import { DAY_MILLISECONDS, instant, toIso } from '#domain/model/instant.ts';
import { EVENING, linesOf, livedWorld, violationsIn, WHY, type World } from './history-world.ts';

const ROUTE = 'GET /v1/wearers/{wearerId}/record-transfer';
const path = { wearerId: 'w-1' };
const ARCHIVED_AFTER_DAYS = 35;

let world: World;
beforeAll(async () => {
  world = await livedWorld();
});

type Query = Readonly<Record<string, string>>;
const ask = (query: Query, more: Query = path) =>
  world.ask(ROUTE, { path: more, query: { ...WHY, ...query } });

/** Every line of a group, sheet after sheet, as its links lead. */
const exported = async (group: HistoryGroup, first: Query = {}): Promise<readonly object[]> => {
  const lines: object[] = [];
  let query: Query | null = { group, ...WHY, ...first };
  while (query !== null) {
    const { statusCode, headers, body } = await ask(query);
    expect(statusCode).toBe(200);
    lines.push(...linesOf(body));
    const next = /\?([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
    query = next === undefined ? null : Object.fromEntries(new URLSearchParams(next));
  }
  return lines;
};

describe('given a wearer who was out in their curfew, and is exported', () => {
  it('tells who they are, what they were ordered, and who is responsible', async () => {
    const lines = await exported('demographics');
    expect(lines).toEqual([
      expect.objectContaining({ kind: 'subject', subjectId: 'w-1', name: 'Jo Bloggs', version: 1 }),
      expect.objectContaining({ kind: 'device', deviceId: 'T-1', activationId: 'a-1' }),
      expect.objectContaining({
        ...{ kind: 'order', orderId: 'o-1', legalBasis: 'Sentencing Act 2020, Sch. 9' },
        ...{ responsibleOfficer: 'officer', document: expect.objectContaining({ orderId: 'o-1' }) },
      }),
      expect.objectContaining({ kind: 'document', of: 'lifted', id: 'p-1' }),
      expect.objectContaining({ kind: 'document', of: 'timetable', id: 'night' }),
      expect.objectContaining({ kind: 'document', of: 'zone', id: 'school' }),
      { kind: 'officer', officerId: 'officer', name: 'Sam', role: 'officer', team: null },
    ]);
  });

  it('tells every fix, each once, under the serial of its device', async () => {
    const lines = await exported('locations');
    expect(lines).toHaveLength(EVENING.length);
    expect(lines.map((line) => Object(line).recordedAt)).toEqual(
      EVENING.map(({ recordedAt }) => toIso(recordedAt)),
    );
    expect(lines[0]).toMatchObject({ kind: 'fix', deviceId: 'T-1', activationId: 'a-1' });
  });

  it('tells what was found, and what became of it', async () => {
    const lines = await exported('violations');
    expect(lines).toEqual([
      expect.objectContaining({ rule: 'curfew-absence', status: 'ended', certainty: 0.9901 }),
      expect.objectContaining({ rule: 'exclusion-zone', status: 'ended' }),
    ]);
  });

  it('tells each alert, who was sent it, and who took and closed it', async () => {
    const lines = (await exported('alerts')).map((line) => Object(line));
    const ids = violationsIn(world).map(({ violationId }) => violationId);
    expect(lines.filter(({ kind }) => kind === 'alert').map(({ alertId }) => alertId)).toEqual(ids);
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'notification', to: 'sms.officer', purpose: 'alert' }),
    );
    const happened = lines.filter(({ kind, alertId }) => kind === 'history' && alertId === ids[0]);
    expect(happened.map(({ what }) => what)).toEqual([
      ...['alert-opened', 'step-run', 'alert-acknowledged', 'alert-closed'],
    ]);
  });

  it.each(HISTORY_GROUPS)(
    'writes %s in lines that whoever imports them can read',
    async (group) => {
      for (const line of await exported(group)) {
        expect(lineSchemas[group].safeParse(line).error).toBeUndefined();
      }
    },
  );

  it('tells of the stretch that was asked for alone', async () => {
    const stretch = {
      from: toIso(EVENING[10]?.recordedAt ?? instant(0)),
      to: '2026-06-01T18:00:00Z',
    };
    expect(await exported('locations', stretch)).toHaveLength(21);
    expect(await exported('violations', stretch)).toEqual([]);
    expect(await exported('alerts', stretch)).toEqual([]);
    const before = { to: '2026-06-01T17:00:00Z' };
    expect((await exported('demographics', before)).map((line) => Object(line).kind)).toEqual([]);
  });

  it('keeps on record what was handed over, by whom, to whom and why', async () => {
    await ask({ group: 'alerts' });
    const entries = world
      .itemsOf(world.tables.record)
      .filter(({ sk }) => /#READ#/.test(sk?.S ?? ''));
    const read = {
      ...{ at: world.clock.now, by: 'officer' },
      ...{ reason: 'change of vendor', recipient: 'Next Vendor Ltd' },
      asked: { route: ROUTE, path, query: { group: 'alerts' } },
    };
    expect(entries.map(({ body }) => JSON.parse(body?.S ?? ''))).toContainEqual(read);
  });

  it('says the same once the trail has gone to the archive', async () => {
    const [before, now] = [await exported('locations'), world.clock.now];
    world.clock.now = instant(now + ARCHIVED_AFTER_DAYS * DAY_MILLISECONDS);
    await world.archive();
    expect(world.bucket.size).toBeGreaterThan(0);
    expect(await exported('locations')).toEqual(before);
    world.clock.now = now;
  });
});

describe('an export that nobody can answer is refused', () => {
  it.each<[string, Query, string]>([
    ['of no group', { group: '' }, 'group'],
    ['of an unknown group', { group: 'thoughts' }, 'group'],
    ['without a reason', { group: 'alerts', reason: '' }, 'reason'],
    ['to nobody', { group: 'alerts', recipient: ' ' }, 'recipient'],
    ['by nobody', { group: 'alerts', by: '' }, 'by'],
    ['by somebody unknown', { group: 'alerts', by: 'nobody' }, 'by'],
    ['until tomorrow', { group: 'alerts', to: '2027-01-01T00:00:00Z' }, 'to'],
    [
      'that ends before it begins',
      { group: 'alerts', from: '2026-06-01T20:00:00Z', to: '2026-06-01T19:00:00Z' },
      'from',
    ],
    ['from a local time', { group: 'alerts', from: '2026-06-01T20:00:00' }, 'from'],
    ['after a sheet of no stretch', { group: 'alerts', after: '2.10.all.w-1' }, 'to'],
    [
      'after nothing that was given out',
      { group: 'alerts', to: '2026-06-01T20:00:00Z', after: 'x' },
      'after',
    ],
    [
      'after a made-up place',
      { group: 'alerts', to: '2026-06-01T20:00:00Z', after: '2.1.w-1' },
      'after',
    ],
    [
      'after a made-up fix',
      { group: 'locations', to: '2026-06-01T20:00:00Z', after: '2.1.1.x.y.z' },
      'after',
    ],
    [
      'after a made-up line',
      { group: 'demographics', to: '2026-06-01T20:00:00Z', after: '2.1.-1' },
      'after',
    ],
  ])('%s', async (_, query, where) => {
    const answer = await ask(query);
    expect(answer.statusCode).toBe(422);
    expect(answer.json.problems.map((problem: { path: string }) => problem.path)).toContain(where);
  });

  it('of somebody who is not on record, of a pair, and of a protected person', async () => {
    const body = { name: 'Ann', kind: 'protected-person' };
    await world.ask('PUT /v1/wearers/{wearerId}', { path: { wearerId: 'v-1' }, body });
    const asked = (wearerId: string) => ask({ group: 'demographics' }, { wearerId });
    expect((await asked('nobody')).statusCode).toBe(404);
    expect((await asked('pair-1')).statusCode).toBe(404);
    expect(await asked('v-1')).toMatchObject({
      statusCode: 403,
      json: { code: 'protected-person' },
    });
  });
});
