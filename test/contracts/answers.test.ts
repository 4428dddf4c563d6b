import { describe, expect, it } from 'vitest';
import { type AgencyId, agencyIdSchema } from '#domain/model/ids.ts';
import { ANSWER_SECONDS, pageRightOf } from '#domain/reply/page-right.ts';
import { readReceipt, type Said } from '#domain/reply/receipt.ts';
import { answers } from '#functions/adapters/dynamodb/answers.ts';
import { links } from '#functions/adapters/dynamodb/links.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { receipts } from '#functions/adapters/dynamodb/receipts.ts';
import { replyCodes } from '#functions/adapters/dynamodb/reply-codes.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { later, OFFICER, T } from '#test/support/alerts.ts';
import { page } from '#test/support/pages.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const TO = { channel: 'sms', personId: OFFICER, mobile: '+447700900001' } as const;

const saidOf = (event: string): Said => {
  const said = readReceipt(event, later(5));
  if (said === null) throw new Error(`${event} says nothing`);
  return said;
};

let agencies = 0;
const anAgency = (): AgencyId => {
  agencies += 1;
  return agencyIdSchema.parse(`agency-${agencies}`);
};

describe.each(STORES)('on $name', ({ start }) => {
  const { store } = useStore(start);
  const codes = () => replyCodes(store().client, store().names.monitoring);
  const kept = () => answers(store().client, store().names.monitoring);

  it('a link is kept and found again, by its own token alone', async () => {
    const agencyId = anAgency();
    const known = links(store().client, store().names.monitoring);
    const token = 'T'.repeat(22);
    const right = pageRightOf(page(), OFFICER);
    await known.put({ agencyId, token }, right);
    await known.put({ agencyId, token }, right);
    expect(await known.load({ agencyId, token })).toEqual(right);
    expect(await known.load({ agencyId, token: 'U'.repeat(22) })).toBeNull();
    expect(await known.load({ agencyId: anAgency(), token })).toBeNull();
  });

  it('a phone has each code once, until it has expired; a page has the same again', async () => {
    const agencyId = anAgency();
    const take = (pageId: string, now = T) =>
      codes().takeFor(agencyId, { page: page({ pageId }), to: TO, now });
    const first = await take('p-1');
    expect(await take('p-1')).toBe(first);
    const others: (string | null)[] = [];
    for (let n = 2; n < 30; n += 1) others.push(await take(`p-${n}`));
    expect(new Set([first, ...others]).size).toBe(29);
    const code = first ?? '';
    const { mobile } = TO;
    expect(await codes().load({ agencyId, mobile, code })).toMatchObject({ pageId: 'p-1' });
    // The next page that asks for it has it.
    const next = page({ pageId: 'p-1', createdAt: later(ANSWER_SECONDS + 1) });
    const now = later(ANSWER_SECONDS + 1);
    expect(await codes().takeFor(agencyId, { page: next, to: TO, now })).toBe(first);
  });

  it('a text is answered once, and not at all where its change is not saved', async () => {
    const agencyId = anAgency();
    const answer = { answerId: 't-1', mobile: TO.mobile, text: 'You have it.', createdAt: T };
    expect(await kept().isAnswered(agencyId, TO.mobile, 't-1')).toBe(false);
    expect(await kept().put(agencyId, answer)).toBe('put');
    expect(await kept().put(agencyId, { ...answer, text: 'Again.' })).toBe('known');
    expect(await kept().isAnswered(agencyId, TO.mobile, 't-1')).toBe(true);
    const other = { ...answer, answerId: 't-2' };
    const both = [kept().asPart(agencyId, other), kept().asPart(agencyId, answer)];
    expect(await transact(store().client, both)).toBe('conflict');
    expect(await kept().isAnswered(agencyId, TO.mobile, 't-2')).toBe(false);
  });

  it('a receipt raises the row that its message was, and fails it once for all', async () => {
    const agencyId = anAgency();
    const { client, names } = store();
    const noted = receipts(client, names.monitoring);
    const answer = { answerId: 't-1', mobile: TO.mobile, text: 'A page.', createdAt: T };
    await kept().put(agencyId, answer);
    const key = { pk: `${agencyId}#MOBILE#${TO.mobile}`, sk: 'OUTBOX#ANSWER#t-1' };
    await outbox(client, names.monitoring).end(key, { status: 'sent', providerId: 'p', at: T });
    expect(await noted.note(agencyId, 'p', saidOf('TEXT_BLOCKED'))).toBe('page-unknown');
    await noted.noteSent(agencyId, 'p', { key, at: T });
    const course = ['TEXT_UNREACHABLE', 'TEXT_BLOCKED', 'TEXT_BLOCKED', 'TEXT_DELIVERED'];
    const came: string[] = [];
    for (const event of course) came.push(await noted.note(agencyId, 'p', saidOf(event)));
    expect(came).toEqual(['raised', 'lost', 'known-before', 'raised']);
  });
});
