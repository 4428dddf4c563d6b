import * as z from 'zod';
import type { ApiClient } from '#local/replay/api-client.ts';
import {
  HEAD_END_ID,
  IN_FORCE_FROM,
  OFFICER,
  orderOf,
  POLICY,
  timetableOf,
  zoneOf,
} from './population/documents.ts';
import type { HiddenKind } from './population/hidden.ts';
import { hasZone, type Wearer } from './population/wearer.ts';

const HOURS_A_DAY = 24;
/** Wearers whose documents are put at the same time. */
const AT_ONCE = 8;

const setUpShared = async (api: ApiClient): Promise<void> => {
  await api.put(`/v1/people/${OFFICER.personId}`, OFFICER);
  await api.put(`/v1/policies/${POLICY.policyId}`, POLICY);
  for (let ahead = 0; ahead < HOURS_A_DAY; ahead += 1) {
    const timetable = timetableOf(ahead);
    await api.put(`/v1/timetables/${timetable.timetableId}`, timetable);
  }
};

const setUpWearer = async (
  api: ApiClient,
  wearer: Wearer,
  hidden: HiddenKind | undefined,
): Promise<void> => {
  const path = `/v1/wearers/${wearer.wearerId}`;
  if (hasZone(wearer)) {
    const zone = zoneOf(wearer);
    await api.put(`/v1/zones/${zone.zoneId}`, zone);
  }
  await api.put(path, { name: `Wearer ${wearer.number}` });
  await api.put(`${path}/activations/${wearer.activationId}`, {
    headEndId: HEAD_END_ID,
    deviceSerial: wearer.wearerId,
    startsAt: IN_FORCE_FROM,
  });
  await api.put(`${path}/orders/order`, orderOf(wearer, hidden));
};

export type Caseload = Readonly<{
  wearers: readonly Wearer[];
  hiddenKinds: ReadonlyMap<number, HiddenKind>;
  /** Told after every so many wearers. */
  onProgress: (done: number) => void;
}>;

/**
 * Puts a caseload on record through the HTTP API, several wearers at a time, and makes a token for
 * their head-end. Throws with the API's answer where it refuses something.
 */
export const setUp = async (api: ApiClient, caseload: Caseload): Promise<string> => {
  const { wearers, hiddenKinds, onProgress } = caseload;
  await setUpShared(api);
  const left = wearers.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      await setUpWearer(api, next.value, hiddenKinds.get(next.value.number));
      done += 1;
      if (done % 1_000 === 0) onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const made = await api.post('/v1/tokens', { role: 'head-end', headEndId: HEAD_END_ID });
  return z.object({ token: z.string() }).parse(made).token;
};
