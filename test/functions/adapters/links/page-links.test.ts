import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { ANSWER_SECONDS } from '#domain/reply/page-right.ts';
import { links } from '#functions/adapters/dynamodb/links.ts';
import { readLink } from '#functions/adapters/links/acknowledge-link.ts';
import { pageLinks } from '#functions/adapters/links/page-links.ts';
import { later, person } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { page } from '#test/support/pages.ts';

const AGENCY = agencyIdSchema.parse('demo');
const client = new DynamoDBClient({ region: 'eu-west-2' });
let db = fakeDynamoDb(client);
afterEach(() => {
  db.restore();
  db = fakeDynamoDb(client);
});

const kept = links(client, 'monitoring');
const make = pageLinks({
  links: kept,
  linkSecret: async () => 'secret',
  publicUrl: 'https://homeward.example',
});

describe('given a page to a person', () => {
  it('makes an address that says nothing, and keeps what it may do', async () => {
    const address = await make(AGENCY, page(), person('officer'));
    expect(address).toMatch(/^https:\/\/homeward\.example\/v1\/acknowledge\/demo\.[\w-]{22}$/);
    const text = readLink(address.split('/').at(-1) ?? '');
    expect(text === null ? null : await kept.load(text)).toEqual({
      ...{ alertId: page().alertId, pageId: page().pageId, personId: 'officer', epoch: 1 },
      expiresAt: later(ANSWER_SECONDS),
    });
  });

  it('makes the same again for a page that is repeated', async () => {
    const addresses = [
      await make(AGENCY, page(), person('officer')),
      await make(AGENCY, page(), person('officer')),
    ];
    expect(new Set(addresses).size).toBe(1);
    expect(db.itemsOf('monitoring')).toHaveLength(1);
  });

  it('keeps nothing from which the link could be read', async () => {
    const address = await make(AGENCY, page(), person('officer'));
    const token = address.split('.').at(-1) ?? '';
    expect(token).toHaveLength(22);
    expect(JSON.stringify(db.itemsOf('monitoring'))).not.toContain(token);
  });

  it('lets the table remove it a week after it has expired', async () => {
    await make(AGENCY, page(), person('officer'));
    const [item] = db.itemsOf('monitoring');
    expect(Number(item?.goneAt?.N)).toBe(later(ANSWER_SECONDS + 7 * 86_400) / 1000);
  });
});
