import * as z from 'zod';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { OutboxEntry } from '#local/cloud/outbox/outbox.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { putPerson } from '#local/replay/put-person.ts';

const STARTS_AT = '2026-01-01T00:00:00Z';
const AT_ONCE = 8;

/** Each wearer's ladder has people of its own, so that nobody's texts are too many. */
const mobileOf = (wearer: number, step: number): string =>
  `+44770${String(wearer * 10 + step).padStart(7, '0')}`;

const wearerId = (wearer: number): string => `bench-${wearer}`;

export type Ladder = Readonly<{
  /** When each step is due, counted from the first, in seconds. */
  dueSeconds: readonly number[];
  wearers: number;
}>;

const setUpWearer = async (api: ApiClient, ladder: Ladder, wearer: number): Promise<void> => {
  const id = wearerId(wearer);
  const personOf = (step: number): string => `${id}-${step}`;
  for (const step of ladder.dueSeconds.keys()) {
    const mobile = mobileOf(wearer, step);
    await putPerson(api, {
      ...{ personId: personOf(step), name: `Step ${step}`, role: 'officer', mobile },
    });
  }
  const steps = ladder.dueSeconds.map((dueSeconds, step) => ({
    delaySeconds: dueSeconds - (ladder.dueSeconds[step - 1] ?? 0),
    targets: [{ kind: 'person', personId: personOf(step) }],
  }));
  const lastResort = { personIds: [personOf(0)], everySeconds: 86_400 };
  await api.put(`/v1/policies/${id}`, { name: id, steps, lastResort });
  await api.put(`/v1/wearers/${id}`, { name: `Bench ${wearer}` });
  const activation = { headEndId: 'bench', deviceSerial: id, startsAt: STARTS_AT };
  await api.put(`/v1/wearers/${id}/activations/${id}`, activation);
  await api.put(`/v1/wearers/${id}/orders/order`, {
    ...{ type: 'community', legalBasis: 'bench', startsAt: STARTS_AT, timeZone: 'Europe/London' },
    ...{ responsibleOfficer: personOf(0), policyId: id, conditions: [], earlySigns: null },
  });
};

/** Puts wearers on record, each with a ladder of their own; returns their devices' head-end. */
export const setUpLadders = async (cloud: Cloud, ladder: Ladder): Promise<ApiClient> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const wearers = [...Array(ladder.wearers).keys()];
  for (let from = 0; from < wearers.length; from += AT_ONCE) {
    const some = wearers.slice(from, from + AT_ONCE);
    await Promise.all(some.map((wearer) => setUpWearer(api, ladder, wearer)));
  }
  const made = await api.post('/v1/tokens', { role: 'head-end', headEndId: 'bench' });
  const { token } = z.object({ token: z.string() }).parse(made);
  return createApiClient(cloud.apiUrl, token);
};

/** A wearer's strap is opened: nothing of position, and told at once. */
export const openStrap = (headEnd: ApiClient, cloud: Cloud, wearer: number): Promise<unknown> =>
  headEnd.post('/v1/events', [
    {
      ...{ kind: 'device-status', activationId: wearerId(wearer), strap: 'open' },
      recordedAt: new Date(cloud.clock.now()).toISOString(),
    },
  ]);

/** The text message that a step of a wearer's ladder was told by, the first of several. */
export const toldOf = (
  entries: readonly OutboxEntry[],
  wearer: number,
  step: number,
): OutboxEntry | undefined => entries.find(({ to }) => to === mobileOf(wearer, step));
