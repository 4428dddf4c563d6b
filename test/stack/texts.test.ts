import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { createApiClient } from '#local/replay/api-client.ts';

const OFFICER = '+447700900001';
const OURS = '+447700900100';
const WEARERS = '+447700900050';

describe('given somebody who texts the number of the stack', () => {
  let cloud: Cloud;

  beforeAll(async () => {
    const clock = createClock({ mode: 'real' });
    const context = { textReplyNumber: OURS };
    cloud = await startCloud({ appDirectory: '.', clock, context });
    const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
    const body = { name: 'Alice Reid', role: 'officer', mobile: OFFICER };
    await api.put('/v1/people/officer', body);
  }, 120_000);

  afterAll(() => cloud?.stop());

  const post = (body: object, type = 'application/json') =>
    fetch(`${cloud.consoleUrl}/texts`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    });

  it('a contact is answered, once and from that number; a stranger is not', async () => {
    expect((await post({ from: '+447700900999', text: '4K7' })).status).toBe(200);
    expect((await post({ from: OFFICER, text: '4K7' })).status).toBe(200);
    await cloud.settled();
    const [answer, ...others] = cloud.outbox.entries();
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      ...{ channel: 'sms', to: OFFICER, text: expect.stringContaining('no code of yours') },
      attributes: { 'AWS.MM.SMS.OriginationNumber': OURS },
    });
  }, 60_000);

  it('what a wearer writes is a note of their case, unread until it has been read', async () => {
    const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
    const before = cloud.outbox.entries().length;
    await api.put('/v1/wearers/w-1', { name: 'Jo Bloggs', mobile: WEARERS });
    await post({ from: WEARERS, text: 'the bus has gone' });
    await cloud.settled();
    // Of somebody without an order the duty manager hears: and nobody of the words.
    const sent = cloud.outbox.entries().slice(before);
    expect(sent.map(({ channel }) => channel).toSorted()).toEqual(['email', 'sms']);
    expect(JSON.stringify(sent)).not.toContain('bus');
    const list = async () => {
      const from = new Date(Date.now() - 3_600_000).toISOString();
      const asked = `from=${from}&by=officer&reason=reading%20what%20came%20in`;
      return Object(await api.get(`/v1/wearers/w-1/notes?${asked}`)).notes;
    };
    const [note] = await list();
    expect(note).toMatchObject({ text: 'the bus has gone', isUnread: true });
    await api.post(`/v1/wearers/w-1/notes/${note.noteId}/read`, { personId: 'officer' });
    expect(await list()).toMatchObject([{ isUnread: false }]);
  }, 60_000);

  it('what is no text is refused, as is what a page of another site could post', async () => {
    expect((await post({ text: '4K7' })).status).toBe(400);
    expect((await post({ from: OFFICER, text: '4K7' }, 'text/plain')).status).toBe(400);
  });
});
