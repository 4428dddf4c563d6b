import { describe, expect, it } from 'vitest';
import { rotaIdSchema } from '#domain/model/ids.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { listedRotaPut, rotaStore } from '#functions/adapters/dynamodb/rotas.ts';
import { T } from '#test/support/alerts.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const { agencyId } = WEARER;

describe.each(STORES)('the rotas of an agency in $name', ({ start }) => {
  const { store } = useStore(start);

  it('are all that were put, each with what it skips', async () => {
    const { client, names } = store();
    const docs = documents(client, names.monitoring);
    const rotas = rotaStore(client, names.monitoring);
    expect(await rotas.loadAll(agencyId)).toEqual([]);
    for (const rotaId of ['nights', 'days'].map((id) => rotaIdSchema.parse(id))) {
      const saved = await docs.save({
        ...{ key: sharedKey(agencyId, 'ROTA', rotaId), entity: 'ROTA', readVersion: 0 },
        ...{ body: { rotaId, name: rotaId, otherwise: 'officer' }, changedAt: T },
        beside: [listedRotaPut(names.monitoring, agencyId, rotaId)],
      });
      expect(saved).toBe('saved');
    }
    const found = await rotas.loadAll(agencyId);
    expect(found.map(({ rotaId }) => rotaId).sort()).toEqual(['days', 'nights']);
    expect(found[0]?.otherwise).toBe('officer');
  });
});
