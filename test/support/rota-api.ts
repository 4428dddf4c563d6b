import { MANAGER, OFFICER, ON_CALL } from './alerts.ts';
import type { Asked } from './http.ts';
import { keptApi } from './kept-api.ts';

const PATH = { rotaId: 'nights' };

/** The API with three people on record, asked about one rota. */
export const rotaApi = async (world: Parameters<typeof keptApi>[0] = {}) => {
  const api = keptApi(world);
  for (const personId of [OFFICER, ON_CALL, MANAGER]) {
    const body = { name: personId, role: 'officer', mobile: '+447700900001' };
    await api.ask('PUT /v1/people/{personId}', { path: { personId }, body });
  }
  const asking =
    (routeKey: string, path: object = {}) =>
    (more: Omit<Asked, 'routeKey' | 'path'> = {}) =>
      api.ask(routeKey, { path: { ...PATH, ...path }, ...more });
  return {
    ...api,
    get: asking('GET /v1/rotas/{rotaId}'),
    put: (body: object) => asking('PUT /v1/rotas/{rotaId}')({ body }),
    onCall: (query: Readonly<Record<string, string>>) =>
      asking('GET /v1/rotas/{rotaId}/on-call')({ query }),
    override: (body: object) => asking('POST /v1/rotas/{rotaId}/overrides')({ body }),
    cancel: (overrideId: string, body: object) =>
      asking('DELETE /v1/rotas/{rotaId}/overrides/{overrideId}', { overrideId })({ body }),
  };
};
