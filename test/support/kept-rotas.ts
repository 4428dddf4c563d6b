import { holidaysSchema } from '#domain/model/holidays.ts';
import type { AgencyId, HolidaysId, RotaId } from '#domain/model/ids.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import { type Item, readJson } from '#functions/adapters/dynamodb/items.ts';
import { sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { rotasPk } from '#functions/adapters/dynamodb/rota-keys.ts';
import type { RotaStore } from '#functions/adapters/dynamodb/rotas.ts';

/** Rotas and holidays over documents kept in memory. */
export const keptRotas = (items: ReadonlyMap<string, Item>): RotaStore => {
  const at = (agencyId: AgencyId, kind: 'ROTA' | 'HOLIDAYS', id: string): Item[] => {
    const { pk, sk } = sharedKey(agencyId, kind, id);
    const item = items.get(`${pk} ${sk}`);
    return item === undefined ? [] : [item];
  };
  const loadSome = async (agencyId: AgencyId, ids: readonly RotaId[]): Promise<Rota[]> =>
    ids.flatMap((id) => at(agencyId, 'ROTA', id)).map((item) => readJson(item, 'body', rotaSchema));
  const loadAll = async (agencyId: AgencyId): Promise<Rota[]> => {
    const listed = [...items.values()].filter((item) => item.pk?.S === rotasPk(agencyId));
    return listed
      .flatMap((item) => at(agencyId, 'ROTA', item.sk?.S ?? ''))
      .map((item) => readJson(item, 'body', rotaSchema));
  };
  const loadHolidays = async (agencyId: AgencyId, ids: readonly HolidaysId[]) =>
    new Map(
      ids
        .flatMap((id) => at(agencyId, 'HOLIDAYS', id))
        .map((item) => readJson(item, 'body', holidaysSchema))
        .map(({ holidaysId, days }) => [holidaysId, days.map(({ date }) => date)] as const),
    );
  return { loadSome, loadAll, loadHolidays };
};
