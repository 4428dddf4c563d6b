import type { LiaisonId } from '#domain/model/ids.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import type { Order } from '#domain/model/order.ts';
import { matchesPicture } from '#domain/model/picture.ts';
import { type Item, readJson, readText } from '../adapters/dynamodb/items.ts';
import type { Problem } from './problems.ts';

type Given = Readonly<{ path: string; liaisonId: LiaisonId; reference: string | null }>;

const givenIn = ({ policeForce, policeReference, liaisons }: Order): Given[] => [
  ...(policeForce === null
    ? []
    : [{ path: 'policeReference', liaisonId: policeForce, reference: policeReference }]),
  ...liaisons.map(({ liaisonId, reference }, i) => ({
    ...{ path: `liaisons.${i}.reference`, liaisonId, reference },
  })),
];

/** The liaisons among what was loaded for an order. */
export const liaisonsIn = (items: readonly (Item | null)[]): ReadonlyMap<LiaisonId, Liaison> =>
  new Map(
    items
      .filter((item) => item !== null && readText(item, 'entity') === 'LIAISON')
      .flatMap((item) => (item === null ? [] : [readJson(item, 'body', liaisonSchema)]))
      .map((liaison) => [liaison.liaisonId, liaison]),
  );

const malformed = (path: string, reference: string, picture: string | null): Problem => ({
  ...{ code: 'malformed-reference', path },
  message:
    picture === null
      ? `${reference}: this liaison gives out no references; leave it out`
      : `${reference} is not written as this liaison writes its references: ${picture}`,
});

/**
 * What is wrong with an order's references: a control room rejects one that is not its own. And a
 * police force that is none.
 */
export const referenceProblems = (
  order: Order,
  known: ReadonlyMap<LiaisonId, Liaison>,
): Problem[] => {
  const references = givenIn(order).flatMap(({ path, liaisonId, reference }) => {
    const picture = known.get(liaisonId)?.referencePicture ?? null;
    if (reference === null || !known.has(liaisonId)) return [];
    const fits = picture !== null && matchesPicture(picture, reference);
    return fits ? [] : [malformed(path, reference, picture)];
  });
  const force = order.policeForce === null ? undefined : known.get(order.policeForce);
  if (force === undefined || force.kind === 'police') return references;
  const message = `${force.liaisonId} is on record as ${force.kind}: name it under liaisons`;
  return [...references, { code: 'no-police-force', path: 'policeForce', message }];
};
