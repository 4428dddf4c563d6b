import { isTheirs, referencesIn } from '#domain/liaison/references.ts';
import type { LiaisonId } from '#domain/model/ids.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import type { Order } from '#domain/model/order.ts';
import { type Item, readJson, readText } from '../adapters/dynamodb/items.ts';
import type { Problem } from './problems.ts';

/** The liaisons among what was loaded for an order. */
export const liaisonsIn = (items: readonly (Item | null)[]): ReadonlyMap<LiaisonId, Liaison> =>
  new Map(
    items
      .filter((item) => item !== null)
      .filter((item) => readText(item, 'entity') === 'LIAISON')
      .map((item) => readJson(item, 'body', liaisonSchema))
      .map((liaison) => [liaison.liaisonId, liaison]),
  );

const malformed = (path: string, reference: string, { referencePicture }: Liaison): Problem => ({
  ...{ code: 'malformed-reference', path },
  message:
    referencePicture === null
      ? `${reference}: this liaison gives out no references; leave it out`
      : `${reference} is not written as this liaison writes its references: ${referencePicture}`,
});

const ofNoForce: Problem = {
  ...{ code: 'not-allowed', path: 'policeReference' },
  message: 'it is of no force: name the policeForce that gave it, or leave it out',
};

/**
 * What is wrong with an order's references: a control room rejects one that is not its own. And a
 * police force that is none.
 */
export const referenceProblems = (
  order: Order,
  known: ReadonlyMap<LiaisonId, Liaison>,
): Problem[] => {
  const references = referencesIn(order).flatMap(({ path, liaisonId, reference }) => {
    const liaison = known.get(liaisonId);
    if (liaison === undefined || reference === null || isTheirs(liaison, reference)) return [];
    return [malformed(path, reference, liaison)];
  });
  if (order.policeForce === null && order.policeReference !== null) references.push(ofNoForce);
  const force = order.policeForce === null ? undefined : known.get(order.policeForce);
  if (force === undefined || force.kind === 'police') return references;
  const message = `${force.liaisonId} is on record as ${force.kind}: name it under liaisons`;
  return [...references, { code: 'no-police-force', path: 'policeForce', message }];
};
