import { afterEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice, toldNow } from '#test/journeys/messages.ts';
import { AWAY, live, MANAGER, minute, OFFICER, openOffice } from '#test/journeys/office.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

const ROUTE = 'PUT /v1/wearers/{wearerId}/levels/{levelId}';
const BY = { by: 'officer', reason: 'in hospital at night' };
const CARE = {
  level: 'reduced-for-care',
  from: toIso(minute(-30)),
  until: toIso(minute(30)),
  ...BY,
};

let office: Pipeline;
afterEach(() => closeOffice(office));

const put = (levelId: string, body: object) =>
  office.ask(ROUTE, { who: ADMINISTRATOR, path: { wearerId: 'w-1', levelId }, body });

const codesOf = ({ body }: { body: string }): string[] =>
  JSON.parse(body).problems.map(({ code }: { code: string }) => code);

const entries = (type: string) => office.itemsOf('record').filter((item) => item.type?.S === type);

const levelThen = async (time: number, knownAt: number) =>
  (
    await asked(office, 'GET /v1/wearers/{wearerId}/as-at', {
      path: { wearerId: 'w-1' },
      query: { time: toIso(minute(time)), knownAt: toIso(minute(knownAt)) },
    })
  ).supervisionLevel;

describe('a level of supervision with an end', () => {
  it('returns by itself at its end, which is on record once and tells nobody', async () => {
    office = await openOffice();
    await office.advanceTo(minute(-30));
    expect((await put('l-1', CARE)).statusCode).toBe(201);
    expect(JSON.parse((await put('l-1', CARE)).body)).toMatchObject({ changed: false });
    expect(entries('supervision-level-set')).toHaveLength(1);
    await office.advanceTo(minute(29));
    expect(entries('supervision-level-returned')).toEqual([]);
    await office.advanceTo(minute(60));
    const [returned, ...others] = entries('supervision-level-returned');
    expect(others).toEqual([]);
    expect(returned?.at?.S).toBe(CARE.until);
    expect(JSON.parse(returned?.body?.S ?? '')).toMatchObject({ kind: 'standard', levelId: 'l-1' });
  });

  it('has returned also while nobody sweeps, and that is noted when somebody does', async () => {
    office = await openOffice();
    await put('l-1', CARE);
    office.settings.sweeps = false;
    await office.advanceTo(minute(60));
    expect(await levelThen(59, 60)).toMatchObject({ level: 'standard', stretch: null });
    expect(entries('supervision-level-returned')).toEqual([]);
    office.settings.sweeps = true;
    await office.advanceTo(minute(62));
    expect(entries('supervision-level-returned')).toHaveLength(1);
  });

  it('is prolonged, cut short or taken back, and ends as its last version says', async () => {
    office = await openOffice();
    await put('l-1', CARE);
    await put('l-1', { ...CARE, until: toIso(minute(50)) });
    await office.advanceTo(minute(45));
    expect(entries('supervision-level-returned')).toEqual([]);
    await put('l-1', { ...CARE, until: toIso(minute(40)) });
    await office.advanceTo(minute(47));
    expect(entries('supervision-level-returned')).toHaveLength(1);
    // The same end, told in other words, is no other return.
    await put('l-1', { ...CARE, until: toIso(minute(40)), reason: 'in hospital for a week' });
    const short = { ...CARE, from: toIso(minute(48)), until: toIso(minute(55)) };
    await put('l-2', short);
    await put('l-2', { ...short, isRevoked: true });
    await office.advanceTo(minute(70));
    expect(entries('supervision-level-returned')).toHaveLength(1);
    expect(entries('supervision-level-revoked')).toHaveLength(1);
  });

  it('stands in the past as it was known then, and as it is known now', async () => {
    office = await openOffice();
    await office.advanceTo(minute(-10));
    await put('l-1', CARE);
    await office.advanceTo(minute(60));
    expect(await levelThen(-20, -20)).toMatchObject({ level: 'standard' });
    expect(await levelThen(-20, 60)).toMatchObject({
      level: 'reduced-for-care',
      stretch: { levelId: 'l-1', version: 1, by: 'officer', until: CARE.until },
    });
    expect(await levelThen(31, 60)).toMatchObject({ level: 'standard' });
  });
});

describe('the policy of a level', () => {
  const GENTLE = {
    name: 'Gently',
    steps: [{ delaySeconds: 3_600, targets: [{ kind: 'responsible-officer' }] }],
    repeat: 0,
    lastResort: { personIds: ['manager'], everySeconds: 3_600 },
  };

  it('is gone by for a curfew while the level lasts, and no longer', async () => {
    office = await openOffice();
    await asked(office, 'PUT /v1/policies/{policyId}', {
      path: { policyId: 'gentle' },
      body: GENTLE,
    });
    await put('l-1', { ...CARE, policyId: 'gentle' });
    await live(office, [minute(-10), minute(40)], (at) => fix(at, AWAY));
    expect(await alertsOf(office, 'open')).toHaveLength(1);
    expect(toldNow(office)).toEqual([]);
    await office.advanceTo(minute(70));
    expect(toldNow(office)).toEqual([OFFICER]);
    await office.advanceTo(minute(130));
    expect(toldNow(office)).toEqual([MANAGER]);
  });
});

describe('the rhythm of a level', () => {
  const tasks = async () =>
    (await asked(office, 'GET /v1/wearers/{wearerId}/tasks', { path: { wearerId: 'w-1' } })).tasks;
  const DAY = 24 * 60;
  const due = (n: number) => ({ kind: 'contact-due', dueAt: toIso(minute(n)) });

  it('is a task, which is told quietly when it is overdue, and moves with calls', async () => {
    office = await openOffice();
    const closely = { ...CARE, from: toIso(minute(-60)), until: toIso(minute(2 * DAY)) };
    await put('l-1', { ...closely, level: 'enhanced', contactEveryDays: 1 });
    expect(await tasks()).toMatchObject([due(DAY - 60), { kind: 'visit-due' }]);
    await office.advanceTo(minute(DAY - 58));
    expect(toldNow(office)).toEqual([OFFICER]);
    await asked(office, 'PUT /v1/wearers/{wearerId}/notes/{noteId}', {
      path: { wearerId: 'w-1', noteId: 'n-1' },
      body: {
        ...{ kind: 'call', happenedAt: toIso(minute(DAY - 59)), by: 'officer' },
        text: 'All is well.',
      },
    });
    expect((await tasks())[0]).toMatchObject({ ...due(2 * DAY - 59), isOverdue: false });
    await office.advanceTo(minute(DAY - 50));
    expect(await alertsOf(office, 'open')).toEqual([]);
    office.takeSent();
    await office.advanceTo(minute(2 * DAY + 2));
    office.takeSent();
    expect(await tasks()).toMatchObject([due(31 * DAY - 59)]);
  });

  const plan = (visitId: string, day: number) =>
    asked(office, 'PUT /v1/wearers/{wearerId}/visits/{visitId}', {
      path: { wearerId: 'w-1', visitId },
      body: {
        ...{ personId: 'officer', purpose: 'how they live' },
        ...{ from: toIso(minute(day * DAY)), until: toIso(minute(day * DAY + 60)) },
      },
    });
  const made = (visitId: string, day: number, result: string) =>
    office.ask('POST /v1/wearers/{wearerId}/visits/{visitId}/outcome', {
      ...{ who: ADMINISTRATOR, path: { wearerId: 'w-1', visitId } },
      body: { personId: 'officer', visitedAt: toIso(minute(day * DAY + 30)), result },
    });
  const visitDue = (day: number) => ({
    ...{ kind: 'visit-due', dueAt: toIso(minute(day * DAY + 30)) },
  });

  it('moves with the outcome of a home visit, once, where the wearer was met', async () => {
    office = await openOffice();
    const closely = { ...CARE, from: toIso(minute(-60)), until: null };
    await put('l-1', { ...closely, level: 'enhanced', contactEveryDays: 30 });
    const atFirst = await tasks();
    await plan('v-1', 1);
    await plan('v-2', 2);
    await office.advanceTo(minute(DAY + 31));
    expect((await made('v-1', 1, 'absent')).statusCode).toBe(200);
    expect(await tasks()).toEqual(atFirst);
    await office.advanceTo(minute(2 * DAY + 31));
    expect((await made('v-2', 2, 'present')).statusCode).toBe(200);
    const moved = await tasks();
    expect(moved).toMatchObject([{ kind: 'contact-due' }, visitDue(62)]);
    expect(moved[0].dueAt).toBe(toIso(minute(32 * DAY + 30)));
    expect((await made('v-2', 2, 'present')).statusCode).toBe(200);
    expect(await tasks()).toEqual(moved);
    office.takeSent();
  });

  it('ends what is told of a home visit that was owed, by the visit alone', async () => {
    office = await openOffice();
    const closely = { ...CARE, from: toIso(minute(-60)), until: null };
    await put('l-1', { ...closely, level: 'enhanced', visitEveryDays: 1 });
    await office.advanceTo(minute(DAY - 58));
    expect(toldNow(office)).toEqual([OFFICER]);
    expect(await alertsOf(office, 'open')).toHaveLength(1);
    await plan('v-1', 1);
    await office.advanceTo(minute(DAY + 40));
    expect((await made('v-1', 1, 'present')).statusCode).toBe(200);
    await office.advanceTo(minute(DAY + 45));
    expect(await alertsOf(office, 'open')).toEqual([]);
    expect(await tasks()).toMatchObject([visitDue(2), { kind: 'contact-due' }]);
    office.takeSent();
  });
});

describe('a level that cannot stand', () => {
  it('is refused with what is wrong, and nothing is on record', async () => {
    office = await openOffice();
    expect(codesOf(await put('l-1', { ...CARE, by: 'nobody' }))).toEqual(['not-on-record']);
    expect(codesOf(await put('l-1', { ...CARE, policyId: 'none' }))).toEqual(['not-on-record']);
    expect(codesOf(await put('l-1', { ...CARE, until: null }))).toEqual(['not-allowed']);
    expect(codesOf(await put('l-1', { ...CARE, reason: '' }))).toEqual(['invalid-field']);
    expect(entries('supervision-level-set')).toEqual([]);
    await put('l-1', CARE);
    expect(codesOf(await put('l-2', { ...CARE, level: 'intensive' }))).toEqual(['begins-together']);
    const path = { wearerId: 'nobody', levelId: 'l-1' };
    expect((await office.ask(ROUTE, { who: ADMINISTRATOR, path, body: CARE })).statusCode).toBe(
      404,
    );
  });
});
