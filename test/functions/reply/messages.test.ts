import { afterEach, describe, expect, it } from 'vitest';
import { instant, toIso } from '#domain/model/instant.ts';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice, reply, toldNow } from '#test/journeys/messages.ts';
import { minute, NAME, OFFICER, openOffice } from '#test/journeys/office.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

const MOBILE = '+447700900050';
const DAY = 24 * 60;
const WEARER = '/v1/wearers/{wearerId}';
const WORDS = 'I cannot do this any more';

let office: Pipeline;
afterEach(() => closeOffice(office));

const putWearer = (wearerId: string, mobile: string | null = MOBILE, more: object = {}) =>
  asked(office, `PUT ${WEARER}`, { path: { wearerId }, body: { name: NAME, mobile, ...more } });

/** An office whose wearer has a phone, on the Monday evening. */
const withPhone = async (): Promise<void> => {
  office = await openOffice();
  await putWearer('w-1');
};

const textIn = async (text: string, id = 'm-1', from = MOBILE): Promise<void> => {
  await reply(office, { from, text, id });
  await office.advanceTo(Date.now() + 1_000);
};

const notesOf = async (wearerId = 'w-1') => {
  const query = { from: toIso(minute(-120)), to: toIso(instant(Date.now())) };
  return (await asked(office, `GET ${WEARER}/notes`, { path: { wearerId }, query })).notes;
};
const tasksOf = async (wearerId = 'w-1') =>
  (await asked(office, `GET ${WEARER}/tasks`, { path: { wearerId } })).tasks;
const read = (noteId: string, personId = 'officer', wearerId = 'w-1') =>
  office.ask(`POST ${WEARER}/notes/{noteId}/read`, {
    ...{ who: ADMINISTRATOR, path: { wearerId, noteId }, body: { personId } },
  });
const later = (n: number) => office.advanceTo(minute(n));

describe('a text of a wearer', () => {
  it('is a note of their case in their words, told quietly, and answered', async () => {
    await withPhone();
    await later(-50);
    await textIn(WORDS);
    expect(await notesOf()).toMatchObject([
      {
        ...{ noteId: 'text-m-1', kind: 'message-from-wearer', text: WORDS, by: null },
        ...{ isUnread: true, wearersWithNumber: 1, receivedAt: toIso(minute(-50)) },
      },
    ]);
    const told = office.takeSent();
    expect(told.map(({ to }) => to).toSorted()).toEqual([OFFICER, MOBILE]);
    const [toOfficer, toWearer] = told.toSorted((a, b) => (a.to < b.to ? -1 : 1));
    expect(toOfficer?.text).toMatch(/^w-1 has texted/);
    expect(toWearer?.text).toMatch(/^Received. .* call the emergency services now.$/);
    expect(toWearer?.text.length).toBeLessThanOrEqual(160);
  });

  it('is kept once, however often it is brought', async () => {
    await withPhone();
    for (let i = 0; i < 3; i += 1) await textIn(WORDS);
    expect(await notesOf()).toHaveLength(1);
    expect(toldNow(office)).toHaveLength(2);
    const entries = office.itemsOf('record').filter(({ type }) => type?.S === 'message-received');
    expect(entries).toHaveLength(1);
  });

  it('tells the officer no second time while one is unread, and again afterwards', async () => {
    await withPhone();
    await textIn(WORDS);
    await textIn('are you there', 'm-2');
    await textIn('4K7', 'm-3');
    expect(toldNow(office)).toHaveLength(2);
    expect(await notesOf()).toHaveLength(3);
    expect(await tasksOf()).toHaveLength(1);
    await read('text-m-3');
    expect(await tasksOf()).toEqual([]);
    await textIn('thank you', 'm-4');
    expect(toldNow(office)).toHaveLength(2);
    expect(await tasksOf()).toHaveLength(1);
  });

  it('that nobody has read by the end of the next working day is a quiet alert', async () => {
    await withPhone();
    await textIn(WORDS);
    office.takeSent();
    // Told on a Monday; Tuesday ends on Wednesday at midnight.
    await later(DAY + 4 * 60);
    expect(await alertsOf(office, 'open')).toEqual([]);
    await later(DAY + 5 * 60 + 3);
    expect(await alertsOf(office, 'open')).toMatchObject([{ track: 'review' }]);
    expect(toldNow(office)).toEqual([OFFICER]);
    await read('text-m-1');
    await later(DAY + 5 * 60 + 10);
    expect(await alertsOf(office, 'open')).toEqual([]);
    for (const { text } of office.takeSent()) expect(text).not.toContain(WORDS);
  });

  it('may come without words, or be long, and is kept as far as a note goes', async () => {
    await withPhone();
    await textIn('  ', 'm-1');
    await textIn('😀'.repeat(2_500), 'm-2');
    office.takeSent();
    const [first, second] = await notesOf();
    expect(first.text).toBe('(a text message without words)');
    expect(second.text).toHaveLength(4_000);
    expect(second.text.isWellFormed()).toBe(true);
  });
});

describe('reading the messages of a wearer', () => {
  it('counts for all that came before, once, and says who did', async () => {
    await withPhone();
    for (const id of ['m-1', 'm-2', 'm-3']) await textIn('hello', id);
    office.takeSent();
    const first = await read('text-m-2');
    expect(JSON.parse(first.body)).toMatchObject({
      ...{ changed: true, readBy: 'officer', firstUnread: 'text-m-3' },
    });
    const isUnread = async () =>
      (await notesOf()).map((note: { isUnread: boolean }) => note.isUnread);
    expect(await isUnread()).toEqual([false, false, true]);
    expect(JSON.parse((await read('text-m-1', 'manager')).body)).toMatchObject({
      ...{ changed: false, readBy: 'officer' },
    });
    expect(await tasksOf()).toHaveLength(1);
  });

  it('is nothing of a note that somebody wrote, and of none that is not there', async () => {
    await withPhone();
    const body = { kind: 'call', happenedAt: toIso(minute(-90)), by: 'officer', text: 'called' };
    const path = { wearerId: 'w-1', noteId: 'n-1' };
    await asked(office, `PUT ${WEARER}/notes/{noteId}`, { path, body });
    expect(JSON.parse((await read('n-1')).body)).toMatchObject({ code: 'no-message' });
    expect((await read('n-2')).statusCode).toBe(404);
    await textIn(WORDS);
    office.takeSent();
    expect((await read('text-m-1', 'nobody')).statusCode).toBe(422);
  });
});

describe('a number', () => {
  it('of nobody is nothing of ours: nothing is kept, and nobody hears of it', async () => {
    await withPhone();
    await textIn(WORDS, 'm-1', '+447700900999');
    expect(await notesOf()).toEqual([]);
    await putWearer('w-1', '+447700900051');
    await textIn(WORDS, 'm-2');
    expect(await notesOf()).toEqual([]);
  });

  it('of two wearers is of neither: both cases get the words, and say so', async () => {
    await withPhone();
    await putWearer('w-2');
    await textIn(WORDS);
    for (const wearerId of ['w-1', 'w-2']) {
      expect(await notesOf(wearerId)).toMatchObject([{ text: WORDS, wearersWithNumber: 2 }]);
      expect(JSON.stringify(await notesOf(wearerId))).not.toContain(
        wearerId === 'w-1' ? 'w-2' : 'w-1',
      );
    }
    // The second has no order: the duty manager hears of it. The phone is answered once.
    expect(toldNow(office).toSorted()).toEqual([OFFICER, MOBILE, 'arn:duty-manager']);
    expect(await tasksOf('w-2')).toEqual([]);
  });

  it('of a contact is theirs; where a wearer has it too nothing of it is lost', async () => {
    await withPhone();
    await putWearer('w-1', OFFICER);
    await textIn('START', 'm-1', OFFICER);
    expect(await notesOf()).toEqual([]);
    await textIn(WORDS, 'm-2', OFFICER);
    expect(await notesOf()).toMatchObject([{ text: WORDS }]);
    for (const { to } of office.takeSent()) expect(to).toBe(OFFICER);
  });

  it('of a protected person is kept apart: they have no case', async () => {
    await withPhone();
    await putWearer('p-1', '+447700900052', { kind: 'protected-person' });
    await textIn(WORDS, 'm-1', '+447700900052');
    const entries = office.itemsOf('record').filter(({ pk }) => pk?.S?.includes('p-1'));
    expect(entries.map(({ type }) => type?.S)).toEqual(['document-put']);
  });
});

describe('STOP and START of a wearer', () => {
  it('stay what they are: on record, no message, and answered by the networks alone', async () => {
    await withPhone();
    await textIn('STOP', 'm-1');
    await textIn('STOP', 'm-1');
    await textIn('start', 'm-2');
    expect(await notesOf()).toEqual([]);
    const types = office.itemsOf('record').map(({ type }) => type?.S);
    expect(types.filter((type) => type === 'texts-stopped')).toHaveLength(1);
    expect(types.filter((type) => type === 'texts-started')).toHaveLength(1);
  });
});

describe('the words of a wearer', () => {
  it('are in no log, and in no message to anybody', async () => {
    await withPhone();
    await textIn(WORDS);
    const saying = 'a text that sounds desperate';
    const path = { wearerId: 'w-1', concernId: 'c-1' };
    const body = { personId: 'officer', orderId: 'o-1', saying, fromNoteId: 'text-m-1' };
    await asked(office, `PUT ${WEARER}/concerns/{concernId}`, { path, body });
    await later(-40);
    const sent = JSON.stringify(office.takeSent());
    expect(sent).not.toContain(WORDS);
    expect(JSON.stringify(office.lines)).not.toContain(WORDS);
  });

  it('lead to a concern only from a note of the same wearer', async () => {
    await withPhone();
    const path = { wearerId: 'w-1', concernId: 'c-1' };
    const body = { personId: 'officer', orderId: 'o-1', saying: 'worried', fromNoteId: 'text-9' };
    const request = { who: ADMINISTRATOR, path, body };
    const refused = await office.ask(`PUT ${WEARER}/concerns/{concernId}`, request);
    expect(JSON.parse(refused.body).problems).toMatchObject([
      { code: 'not-on-record', path: 'fromNoteId' },
    ]);
  });
});
