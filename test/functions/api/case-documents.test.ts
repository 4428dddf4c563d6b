import { afterEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice } from '#test/journeys/messages.ts';
import { minute, openOffice } from '#test/journeys/office.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

const WEARER = '/v1/wearers/{wearerId}';
const put = async (route: string, path: object, body: object) => {
  const request = { who: ADMINISTRATOR, path: { wearerId: 'w-1', ...path }, body };
  const response = await office.ask(`PUT ${WEARER}/${route}`, request);
  return { statusCode: response.statusCode, ...JSON.parse(response.body) };
};
const codesOf = ({ problems = [] }: { problems?: { code: string }[] }) =>
  problems.map(({ code }) => code);
const get = (route: string, more: object = {}) =>
  asked(office, `GET ${WEARER}/${route}`, { path: { wearerId: 'w-1' }, ...more });
const entries = (type: string) => office.itemsOf('record').filter((item) => item.type?.S === type);
const asAt = (time: number) => get('as-at', { query: { time: toIso(minute(time)) } });

const CALL = {
  ...{ kind: 'call', happenedAt: toIso(minute(-90)), by: 'officer', withWhom: 'the wearer' },
  text: 'Spoke of the new shifts at the bakery.',
};
const putNote = (body: object, noteId = 'n-1') => put('notes/{noteId}', { noteId }, body);

describe('a note of the case', () => {
  it('is written once, and the same again changes nothing', async () => {
    office = await openOffice();
    expect(await putNote(CALL)).toMatchObject({ statusCode: 201, version: 1 });
    expect(await putNote(CALL)).toMatchObject({ statusCode: 200, changed: false });
    expect(entries('case-note-written')).toHaveLength(1);
    expect(JSON.parse(entries('case-note-written')[0]?.body?.S ?? '')).toMatchObject({
      ...{ by: 'officer', kind: 'call', version: 1, document: { text: CALL.text } },
    });
  });

  it('is changed only by an amendment that says why, and both stand', async () => {
    office = await openOffice();
    await putNote(CALL);
    const other = { ...CALL, text: 'Spoke of the new shifts at the dairy.' };
    expect(codesOf(await putNote(other))).toEqual(['already-written']);
    const amendment = 'it is the dairy, and not the bakery';
    expect(await putNote({ ...other, amendment })).toMatchObject({ version: 2 });
    expect(await putNote({ ...other, amendment })).toMatchObject({ changed: false });
    expect(codesOf(await putNote(CALL))).toEqual(['already-written']);
    expect(entries('case-note-amended')).toHaveLength(1);
    expect(codesOf(await putNote({ ...CALL, amendment }, 'n-2'))).toEqual(['nothing-to-amend']);
  });

  it('is listed by when it happened, once, also where that was amended', async () => {
    office = await openOffice();
    await office.advanceTo(minute(0));
    await putNote(CALL);
    await putNote({ ...CALL, kind: 'home-visit', happenedAt: toIso(minute(-10)) }, 'n-2');
    const listed = async (from: number, to: number) => {
      const query = { from: toIso(minute(from)), to: toIso(minute(to)) };
      const { notes } = await get('notes', { query });
      return notes.map(({ noteId }: { noteId: string }) => noteId);
    };
    expect(await listed(-100, 0)).toEqual(['n-1', 'n-2']);
    expect(await listed(-60, 0)).toEqual(['n-2']);
    const moved = { ...CALL, happenedAt: toIso(minute(-5)), amendment: 'it was later' };
    await putNote(moved);
    expect(await listed(-100, 0)).toEqual(['n-2', 'n-1']);
    expect(await listed(-100, -60)).toEqual([]);
  });

  it('is refused of what is ahead, by nobody, and of somebody who is protected', async () => {
    office = await openOffice();
    const ahead = { ...CALL, happenedAt: toIso(minute(60)), by: 'nobody' };
    expect(codesOf(await putNote(ahead)).toSorted()).toEqual(['in-future', 'not-on-record']);
    expect(codesOf(await putNote({ ...CALL, text: '' }))).toEqual(['invalid-field']);
    const body = { name: 'Ann', kind: 'protected-person' };
    await asked(office, `PUT ${WEARER}`, { path: { wearerId: 'p-1' }, body });
    const protectedOne = await put('notes/{noteId}', { wearerId: 'p-1', noteId: 'n-1' }, CALL);
    expect(protectedOne).toMatchObject({ statusCode: 403, code: 'protected-person' });
    expect(entries('case-note-written')).toEqual([]);
  });
});

const assessed = (reviewMinute: number) => ({
  ...{ level: 'medium', by: 'officer', assessedAt: toIso(minute(-90)) },
  ...{ reasons: ['two late returns'], reviewDueAt: toIso(minute(reviewMinute)) },
});

describe('a risk assessment', () => {
  it('whose review is overdue is a quiet alert, until a new one is put on record', async () => {
    office = await openOffice();
    await put('assessment', {}, assessed(30));
    await office.advanceTo(minute(29));
    expect(await alertsOf(office, 'open')).toEqual([]);
    await office.advanceTo(minute(35));
    expect(await alertsOf(office, 'open')).toMatchObject([{ track: 'review' }]);
    const [told, ...others] = office.takeSent();
    expect(told?.text).toContain('TO NOTE: Josephine Bloggs (w-1) review of the risk assessment');
    expect(others).toEqual([]);
    await put('assessment', {}, { ...assessed(3_000), level: 'high' });
    await office.advanceTo(minute(40));
    expect(await alertsOf(office, 'open')).toEqual([]);
    office.takeSent();
    const { tasks } = await get('tasks');
    expect(tasks).toMatchObject([{ kind: 'assessment-review', isOverdue: false }]);
  });

  it('stands in the past as it was known then', async () => {
    office = await openOffice();
    await put('assessment', {}, assessed(30));
    await office.advanceTo(minute(10));
    await put('assessment', {}, { ...assessed(9_000), level: 'high' });
    await office.advanceTo(minute(20));
    expect((await asAt(0)).assessment).toMatchObject({ level: 'medium', isReviewOverdue: false });
    expect((await asAt(15)).assessment).toMatchObject({ level: 'high', version: 2 });
    expect(
      codesOf(await put('assessment', {}, { ...assessed(9), reviewDueAt: CALL.happenedAt })),
    ).toEqual(['not-allowed']);
  });
});

const goal = (more: object = {}) => ({
  ...{ goalId: 'work', kind: 'employment', aim: 'Keep the job at the dairy' },
  steps: [{ stepId: 'shifts', aim: 'Agree on shifts that fit the curfew' }],
  ...more,
});
const planned = (more: object = {}) => ({
  ...{ by: 'officer', agreedAt: toIso(minute(-90)), goals: [goal()] },
  ...{ nextReviewAt: toIso(minute(60)), ...more },
});

describe('a supervision plan', () => {
  it('keeps what has been achieved, unless it is said why not', async () => {
    office = await openOffice();
    const achieved = planned({ goals: [goal({ achievedAt: toIso(minute(-70)) })] });
    await put('plan', {}, planned());
    await put('plan', {}, achieved);
    expect(codesOf(await put('plan', {}, planned()))).toEqual(['achieved-before']);
    const correction = 'he had lost the job before';
    expect(await put('plan', {}, planned({ correction }))).toMatchObject({ version: 3 });
    const ahead = planned({ goals: [goal({ achievedAt: toIso(minute(5)) })] });
    expect(codesOf(await put('plan', {}, ahead))).toEqual(['in-future']);
    expect((await asAt(-60)).plan).toMatchObject({ achieved: [], underWay: [{ goalId: 'work' }] });
  });

  it('has its next review as a task, which moves and ends with it', async () => {
    office = await openOffice();
    await put('plan', {}, planned());
    const tasks = async () => (await get('tasks')).tasks;
    expect(await tasks()).toMatchObject([{ kind: 'plan-review', dueAt: toIso(minute(60)) }]);
    await put('plan', {}, planned({ nextReviewAt: toIso(minute(90)) }));
    expect(await tasks()).toMatchObject([{ dueAt: toIso(minute(90)) }]);
    await put('plan', {}, planned({ nextReviewAt: null }));
    expect(await tasks()).toEqual([]);
    expect(entries('plan-put')).toHaveLength(3);
  });
});

describe('a parole report', () => {
  const section = (text: string, by = 'officer') => ({ text, by });
  const write = (sections: object, by = 'officer') =>
    put('parole-reports/{reportId}', { reportId: 'p-1' }, { by, sections });

  it('is written section by section, each with who wrote it and when', async () => {
    office = await openOffice();
    await write({ interviews: section('Two talks in February.') });
    await office.advanceTo(minute(-30));
    await write({ recommendation: section('Release.', 'manager') }, 'manager');
    const { document } = await asked(office, `GET ${WEARER}/parole-reports/{reportId}`, {
      path: { wearerId: 'w-1', reportId: 'p-1' },
    });
    expect(document.sections).toMatchObject({
      interviews: { by: 'officer', writtenAt: toIso(minute(-60)) },
      recommendation: { by: 'manager', writtenAt: toIso(minute(-30)) },
      releasePlan: null,
    });
    // The same words again were written when they were.
    expect(await write({ interviews: section('Two talks in February.') })).toMatchObject({
      changed: false,
    });
    expect(codesOf(await write({ assessment: section('', 'nobody') }))).toEqual(['invalid-field']);
    expect(entries('parole-report-written')).toHaveLength(2);
  });
});
