import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wearerRefSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { isGrave } from '#domain/report/violation-words.ts';
import type { WearerFacts } from '#domain/report/wearer-facts.ts';
import { putEntry } from '#functions/adapters/dynamodb/record.ts';
import { gatherWearer, NoSuchWearer } from '#functions/report/gather-wearer.ts';
import { reportReaders } from '#functions/report/readers.ts';
import { alertsOf, asked, closeAlert } from '#test/journeys/desk.ts';
import { AWAY, CURFEW, live, minute, openOffice, stayOut } from '#test/journeys/office.ts';
import { fix } from '#test/support/events.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { asking } from '#test/support/report-facts.ts';
import { HOME, WEARER } from '#test/support/supervisions.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => {
  // Whom it was told to is walked through elsewhere.
  office.takeSent();
  office.stop();
});

const tables = { monitoring: 'monitoring', record: 'record', state: 'state', trail: 'trail' };

/** What somebody has to take in hand: nudges are told to the wearer alone. */
const grave = ({ found }: WearerFacts) => found.filter(({ violation }) => isGrave(violation));

const gather = (more: object = {}, wearerId = 'w-1'): Promise<WearerFacts> => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const readers = reportReaders({
    ...{ client, tables, objects: fakeObjects().objects, forces: [], falseCallBudget: 2 },
    now: () => instant(Date.now()),
  }).ofWearer;
  const report = asking('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', more);
  return gatherWearer(readers)(report, wearerRefSchema.parse({ ...WEARER, wearerId }));
};

describe('what a report of a wearer is made of', () => {
  it('is what was found, what was done about it, and the trail about it', async () => {
    await stayOut(office);
    const [alert] = await alertsOf(office, 'open');
    const path = { alertId: alert.alertId };
    await asked(office, 'POST /v1/alerts/{alertId}/acknowledge', {
      path,
      body: { personId: 'officer' },
    });
    const [held] = await alertsOf(office, 'acknowledged');
    await closeAlert(office, held, 'first-warning');
    const facts = await gather();
    expect(grave(facts)).toMatchObject([
      { violation: { conditionId: 'home', openedAt: CURFEW, status: 'open' }, isTold: true },
    ]);
    const [found] = grave(facts);
    expect(found?.history.map(({ type }) => type)).toEqual([
      ...['alert-opened', 'step-run', 'alert-acknowledged', 'alert-closed'],
    ]);
    expect(found?.pages.length).toBeGreaterThan(0);
    expect(found?.sketch.fixes).toBeGreaterThan(10);
    expect(found?.sketch.wanted).toHaveLength(3);
    expect(facts).toMatchObject({ wearerName: 'Josephine Bloggs', timeZone: 'Europe/London' });
    expect(facts.custody).toMatchObject([{ newest: { deviceSerial: 'T-1' }, elsewhere: [] }]);
    expect(facts.people.map(({ personId }) => personId)).toEqual(['officer']);
    const pack = JSON.stringify(breachPack(facts));
    expect(pack).toContain('closed by officer: first warning');
    expect(pack).toContain('spoken to');
    expect(pack).not.toContain('not in the trail');
  });

  it('is the same when gathered again: as it was known when it was asked for', async () => {
    await stayOut(office);
    const askedAt = minute(9);
    await office.advanceTo(askedAt);
    const first = await gather({ askedAt });
    await live(office, [minute(10), minute(40)], (now) => fix(now, HOME));
    await office.advanceTo(minute(60));
    const again = await gather({ askedAt });
    expect(JSON.stringify(breachPack(again))).toBe(JSON.stringify(breachPack(first)));
    const later = await gather();
    expect(grave(later)[0]?.violation).toMatchObject({ status: 'ended' });
    expect(grave(first)[0]?.violation).toMatchObject({ status: 'open' });
  });

  it('counts what was heard where nothing was found', async () => {
    await live(office, [minute(-50), minute(30)], (now) => fix(now, HOME));
    const facts = await gather();
    expect(facts.found).toEqual([]);
    expect(facts.trail.fixes).toBe(80);
    expect(facts.inputs).toMatchObject([{ count: 80 }, { count: 3 }]);
    expect(facts.inputs.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  });

  it('tells nobody of somebody who is not on record', async () => {
    await expect(gather({}, 'w-9')).rejects.toThrow(NoSuchWearer);
  });
});

describe('what retention has let go', () => {
  it('is said of its period, once for each class, and of no other', async () => {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    const erase = (name: string, names: readonly string[]) =>
      putEntry(
        client,
        'record',
      )({
        ...{ wearer: WEARER, at: minute(120), name, type: 'erased' },
        body: { kind: 'alert', by: 'retention policy 3', reason: 'six years are over', names },
      });
    await office.advanceTo(minute(121));
    await erase('ERASED#alert#1', ['2026-03-02T19:05:00.000Z#ESCALATE#a']);
    await erase('ERASED#alert#2', ['2026-03-02T20:05:00.000Z#ESCALATE#b', '2025-01-01T0#C']);
    const { erased, said } = await gather();
    expect(erased).toMatchObject([{ dataClass: 'alert', pieces: 2, why: 'six years are over' }]);
    expect(said.map(({ type }) => type)).toEqual(Array(3).fill('document-put'));
  });
});

describe('the trail of a report', () => {
  it('leaves out what was received after it was asked for', async () => {
    await live(office, [minute(-50), minute(-40)], (now) => fix(now, AWAY));
    const facts = await gather({ askedAt: minute(-45) });
    expect(facts.trail.fixes).toBeLessThan(8);
  });
});
