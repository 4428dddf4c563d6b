import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { digestOfDocument } from '#functions/adapters/dynamodb/document-entries.ts';
import { orderedWorld, type World } from './history-world.ts';

const ORDER = 'wearers/{wearerId}/orders/{orderId}';
const PATH = { wearerId: 'w-1', orderId: 'o-1' };

let world: World;
beforeEach(async () => {
  world = await orderedWorld();
});

const orderOf = async () => (await world.ask(`GET /v1/${ORDER}`, { path: PATH })).json.document;

const entriesOf = (pk: string) =>
  world
    .itemsOf(world.tables.record)
    .filter((item) => item.pk?.S === pk && item.type?.S === 'document-put')
    .map(({ body }) => JSON.parse(body?.S ?? ''));

describe('a document of a wearer', () => {
  it('has an entry in their record for each version, with its digest', async () => {
    const document = await orderOf();
    await world.ask(`PUT /v1/${ORDER}`, { path: PATH, body: { ...document, riskLevel: 'high' } });
    const [first, second] = entriesOf('demo#WEARER#w-1').filter(({ name }) => name === 'ORDER#o-1');
    expect(first).toMatchObject({ entity: 'ORDER', version: 1 });
    expect(second).toMatchObject({ entity: 'ORDER', version: 2 });
    expect(first.sha256).toBe(digestOfDocument(document));
    expect(second.sha256).toBe(digestOfDocument(await orderOf()));
    expect(second.sha256).not.toBe(first.sha256);
  });

  it('has none more for the same put again', async () => {
    const before = entriesOf('demo#WEARER#w-1').length;
    await world.ask(`PUT /v1/${ORDER}`, { path: PATH, body: await orderOf() });
    expect(entriesOf('demo#WEARER#w-1')).toHaveLength(before);
  });

  it('says which device was put on them', () => {
    const names = entriesOf('demo#WEARER#w-1').map(({ name }) => name);
    expect(names).toContain('ACTIVATION#a-1');
  });
});

describe('a document that wearers share', () => {
  it('has its entries in a chain under its own name', () => {
    const kinds = world
      .itemsOf(world.tables.record)
      .filter((item) => item.type?.S === 'document-put')
      .map(({ pk }) => pk?.S?.split('#')[1]);
    expect(new Set(kinds)).toContain('POLICY');
    expect(new Set(kinds)).toContain('PERSON');
  });
});

describe('the digest of a document', () => {
  it('is the same in whatever order its fields stand', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.nat()), (document) => {
        const turned = Object.fromEntries(Object.entries(document).reverse());
        expect(digestOfDocument(turned)).toBe(digestOfDocument(document));
      }),
    );
  });
});
