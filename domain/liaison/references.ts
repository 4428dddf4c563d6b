import * as z from 'zod';
import { type LiaisonId, liaisonIdSchema, orderIdSchema, wearerIdSchema } from '../model/ids.ts';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Liaison } from '../model/liaison.ts';
import type { Order } from '../model/order.ts';
import { matchesPicture } from '../model/picture.ts';

/** That an order names a liaison, and by which reference of theirs. */
export const namedBySchema = z.object({
  liaisonId: liaisonIdSchema,
  wearerId: wearerIdSchema,
  orderId: orderIdSchema,
  reference: z.string().nullable(),
  /** When the order ends; null: it is not known to. */
  endsAt: instantSchema.nullable(),
  /** False of one that named it once. */
  isNamed: z.boolean(),
});
export type NamedBy = z.infer<typeof namedBySchema>;

/** The reference that an order gives for each liaison that it names. */
export const referencesIn = ({
  policeForce,
  policeReference,
  liaisons,
}: Pick<Order, 'policeForce' | 'policeReference' | 'liaisons'>): {
  path: string;
  liaisonId: LiaisonId;
  reference: string | null;
}[] => [
  ...(policeForce === null
    ? []
    : [{ path: 'policeReference', liaisonId: policeForce, reference: policeReference }]),
  ...liaisons.map(({ liaisonId, reference }, i) => ({
    ...{ path: `liaisons.${i}.reference`, liaisonId, reference },
  })),
];

/** Whether a liaison would know a reference for one of its own. */
export const isTheirs = (
  { referencePicture: picture }: Pick<Liaison, 'referencePicture'>,
  reference: string | null,
): boolean => reference === null || (picture !== null && matchesPicture(picture, reference));

/** What an agency has to mend with one liaison, before a control room rejects it. */
export type LiaisonTrouble = Readonly<{
  liaisonId: LiaisonId;
  /** Orders whose reference is not written as the liaison writes them. */
  malformed: readonly NamedBy[];
  /** Orders that count on a liaison which does not come any more. */
  withdrawn: readonly NamedBy[];
}>;

/** What is to be mended with one liaison, of the orders that name it and have not ended. */
export const liaisonTrouble = (
  liaison: Liaison,
  named: readonly NamedBy[],
  now: Instant,
): LiaisonTrouble | null => {
  const standing = named.filter(
    ({ isNamed, endsAt }) => isNamed && (endsAt === null || endsAt > now),
  );
  const malformed = standing.filter(({ reference }) => !isTheirs(liaison, reference));
  const withdrawn = liaison.responseWithdrawn === null ? [] : standing;
  if (malformed.length === 0 && withdrawn.length === 0) return null;
  return { liaisonId: liaison.liaisonId, malformed, withdrawn };
};
