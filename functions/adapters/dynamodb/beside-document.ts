import type { WearerRef } from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import { activationSchema, wearerSchema } from '#domain/model/wearer.ts';
import { mobileOfWearerKey } from './contact-keys.ts';
import { ofFeedKey } from './feed-keys.ts';
import { type Item, readJson, readOrNull, readText } from './items.ts';
import { activationKey, batchedKey, deviceKey, type Key, sharedKey, usedByKey } from './keys.ts';
import { namedByKey } from './liaison-names-keys.ts';

/** Where else a device is found by, and was only ever on this wearer. */
const besideActivation = ({ agencyId }: WearerRef, item: Item): Key[] => {
  const worn = readOrNull(item, (one) => readJson(one, 'body', activationSchema));
  if (worn === null) return [];
  const { activationId, headEndId } = worn;
  return [
    activationKey(agencyId, activationId),
    deviceKey({ agencyId, ...worn }, activationId),
    batchedKey(agencyId, activationId),
    ofFeedKey(agencyId, headEndId, activationId),
  ];
};

/** That the wearer stands beside zones, timetables and liaisons, which themselves stay. */
const besideOrder = (wearer: WearerRef, item: Item): Key[] => {
  const order = readOrNull(item, (one) => readJson(one, 'body', orderSchema));
  if (order === null) return [];
  const named = order.liaisons.map(({ liaisonId }) => liaisonId);
  const liaisons = order.policeForce === null ? named : [...named, order.policeForce];
  return [
    ...referencesOf(order).map(({ kind, id }) =>
      usedByKey(sharedKey(wearer.agencyId, kind, id), wearer.wearerId),
    ),
    ...liaisons.map((liaisonId) => namedByKey(wearer, liaisonId, order.orderId)),
  ];
};

/** That a number is, or once was, theirs. */
const besideWearer = ({ agencyId, wearerId }: WearerRef, item: Item): Key[] => {
  const mobile = readOrNull(item, (one) => readJson(one, 'body', wearerSchema))?.mobile ?? null;
  return mobile === null ? [] : [mobileOfWearerKey(agencyId, mobile, wearerId)];
};

/**
 * Where else something of a wearer stands by a document of theirs. Also of earlier versions: an
 * order may have named what it names no more.
 */
export const besideDocument = (wearer: WearerRef, item: Item): Key[] => {
  const name = readText(item, 'sk').replace(/^VERSION#/, '');
  if (name.startsWith('ACTIVATION#')) return besideActivation(wearer, item);
  if (name.startsWith('ORDER#')) return besideOrder(wearer, item);
  return /^WEARER(#\d|$)/.test(name) ? besideWearer(wearer, item) : [];
};
