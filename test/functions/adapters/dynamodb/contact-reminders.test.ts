import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import { contactReminders } from '#functions/adapters/dynamodb/contact-reminders.ts';
import { contactsByMobile } from '#functions/adapters/dynamodb/contacts-by-mobile.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { later, person, T } from '#test/support/alerts.ts';
import { attesting } from '#test/support/attest.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptApi } from '#test/support/kept-api.ts';

const MONITORING = 'monitoring';
const AGENCY = agencyIdSchema.parse('demo');
const MOBILE = '+447700900001';
const days = (count: number): Instant => secondsAfter(T, count * DAY_SECONDS);

const client = new DynamoDBClient({ region: 'eu-west-2' });
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

const put = async (personId: string, fields: object = {}): Promise<void> => {
  const api = keptApi({ now: T, deps: { documents: documents(client, MONITORING) } });
  const body = { name: 'Sam', role: 'officer', mobile: MOBILE, ...fields };
  await attesting(api.ask)('PUT /v1/people/{personId}', { path: { personId }, body });
};

const itemsOf = (prefix: string) =>
  db.itemsOf(MONITORING).filter(({ sk }) => sk?.S?.startsWith(prefix));
const messages = () => itemsOf('OUTBOX#CONTACT').map(({ body }) => JSON.parse(body?.S ?? ''));

/** What a sweep does at an instant. */
const sweepAt = async (now: Instant): Promise<void> => {
  for (const { pk, sk } of await due(client, MONITORING)(now)) {
    if (sk === 'CONTACTS_DUE') await contactReminders(client, MONITORING)({ pk, sk }, now);
  }
};

describe('a contact that was verified', () => {
  it('is told a week before it lapses, once', async () => {
    await put('sam');
    await sweepAt(days(23));
    expect(messages()).toEqual([]);
    await sweepAt(days(24));
    await sweepAt(days(25));
    expect(messages()).toMatchObject([
      { about: 'lapses-soon', recipient: { mobile: MOBILE }, lapsesAt: days(31) },
    ]);
  });

  it('is told to the duty manager when it has lapsed, once, also after an outage', async () => {
    await put('sam');
    await sweepAt(days(40));
    await sweepAt(days(41));
    expect(messages()).toEqual([
      { about: 'lapsed', personId: 'sam', channel: 'sms', createdAt: days(40) },
    ]);
    expect(itemsOf('CONTACTS_DUE')).toMatchObject([{ personId: { S: 'sam' } }]);
    expect(itemsOf('CONTACTS_DUE')[0]).not.toHaveProperty('nextDueAt');
  });
});

describe('STOP from a mobile number', () => {
  const byMobile = () => contactsByMobile(client, MONITORING);

  it('stops it for everybody who has it, and tells the duty manager of each, once', async () => {
    await put('sam');
    await put('kit', { email: 'kit@agency.example' });
    await put('alex', { mobile: '+447700900002' });
    expect((await byMobile().stopContact(AGENCY, MOBILE, later(9))).sort()).toEqual(['kit', 'sam']);
    expect(await byMobile().stopContact(AGENCY, MOBILE, later(10))).toEqual([]);
    expect(messages()).toHaveLength(2);
    expect(messages()).toContainEqual(
      expect.objectContaining({ about: 'stopped', personId: 'sam', isTheLast: true }),
    );
    expect(messages()).toContainEqual(
      expect.objectContaining({ about: 'stopped', personId: 'kit', isTheLast: false }),
    );
  });

  it('is of no concern to who had that number once', async () => {
    await put('sam');
    await put('sam', { mobile: '+447700900002' });
    expect(await byMobile().peopleWithMobile(AGENCY, MOBILE)).toEqual([]);
    expect(await byMobile().stopContact(AGENCY, MOBILE, later(9))).toEqual([]);
  });

  it('is taken back by START, and says so to nobody', async () => {
    await put('sam');
    await byMobile().stopContact(AGENCY, MOBILE, later(9));
    expect(await byMobile().startContact(AGENCY, MOBILE, later(10))).toEqual([person('sam')]);
    expect(await byMobile().startContact(AGENCY, MOBILE, later(11))).toEqual([]);
    expect(messages()).toHaveLength(1);
    const stands = JSON.parse(
      itemsOf('CONTACTS').find(({ sk }) => sk?.S === 'CONTACTS')?.body?.S ?? '',
    );
    expect(stands.channels.sms).toMatchObject({ stoppedAt: null, verified: null });
  });

  it('holds although somebody else changes the contact at the same moment', async () => {
    await put('sam');
    const both = [later(9), later(10)].map((at) => byMobile().stopContact(AGENCY, MOBILE, at));
    expect((await Promise.all(both)).flat()).toEqual([person('sam')]);
  });
});
