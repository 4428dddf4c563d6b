import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { versionKey } from '#functions/adapters/dynamodb/keys.ts';
import { supervisions } from '#functions/adapters/dynamodb/supervisions.ts';
import { usersOf } from '#functions/adapters/dynamodb/users-of.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { attesting } from '#test/support/attest.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { at, WEARER } from '#test/support/supervisions.ts';
import { STORES, type Store } from './stores.ts';

const bodySchema = z.object({ n: z.number() });
const changedAt = at('2026-03-02T12:00:00Z');

describe.each(STORES)('a document in $name', ({ start }) => {
  let store: Store;
  beforeAll(async () => {
    store = await start();
  });
  afterAll(() => store.stop());

  const docs = () => documents(store.client, store.names.monitoring);
  const keyOf = (name: string) => ({ pk: `demo#${name}`, sk: 'CURRENT' });
  const save = (name: string, readVersion: number, n = readVersion + 1) =>
    docs().save({ key: keyOf(name), entity: 'TEST', body: { n }, readVersion, changedAt });

  it('is saved on the version that was read, and every version stays in its history', async () => {
    expect([await save('a', 0), await save('a', 1)]).toEqual(['saved', 'saved']);
    expect(await docs().load(keyOf('a'), bodySchema)).toEqual({ version: 2, value: { n: 2 } });
    const first = await docs().load(versionKey(keyOf('a'), 1), bodySchema);
    expect(first).toEqual({ version: 1, value: { n: 1 } });
  });

  it('is not saved on a version that has passed', async () => {
    await save('b', 0);
    expect(await save('b', 0, 9)).toBe('conflict');
    expect(await docs().load(keyOf('b'), bodySchema)).toEqual({ version: 1, value: { n: 1 } });
  });

  it('has one winner when two save at the same time', async () => {
    const outcomes = await Promise.all([save('c', 0, 1), save('c', 0, 2)]);
    expect(outcomes.sort()).toEqual(['conflict', 'saved']);
  });

  describe('put by the API', () => {
    const api = () => keptApi({ deps: { documents: docs() } });
    const put = (wearerId: string, { route, path, body }: (typeof DOCUMENTS)[number]) =>
      attesting(api().ask)(`PUT ${route}`, { path: { ...path, wearerId }, body });

    it('is all that is watched of a wearer, as evaluation loads it', async () => {
      for (const one of DOCUMENTS) expect((await put('w-1', one)).statusCode).toBe(201);
      const load = supervisions(store.client, store.names.monitoring);
      const { watches, activations } = await load(WEARER);
      const ids = [...new Set(watches.map(({ condition }) => condition.conditionId))];
      expect(ids.sort()).toEqual(['home', 'school']);
      expect(activations).toMatchObject([{ activationId: 'a-1', wearerId: 'w-1' }]);
      const users = usersOf(store.client, store.names.monitoring);
      expect(await users('demo#ZONE#school')).toEqual(['w-1']);
    });

    it('is one wearer’s activation, although two take it at the same moment', async () => {
      const [wearer] = DOCUMENTS;
      const activation = DOCUMENTS.find(({ route }) => route.includes('activations')) ?? wearer;
      const taken = { ...activation, path: { ...activation.path, activationId: 'race' } };
      for (const id of ['w-8', 'w-9']) await put(id, wearer);
      const statuses = await Promise.all(
        ['w-8', 'w-9'].map(async (id) => {
          const { route, path, body } = taken;
          const asked = { path: { ...path, wearerId: id }, body };
          return (await api().ask(`PUT ${route}`, asked)).statusCode;
        }),
      );
      expect(statuses.sort()).toEqual([201, 409]);
    });
  });
});
