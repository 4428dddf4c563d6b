import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import { documents } from './documents.ts';
import { MalformedItem } from './items.ts';
import { sharedKey } from './keys.ts';

/** Recipients outside the agency, as they now are on record. */
export const liaisons = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);

  const load = async (agencyId: AgencyId, liaisonId: LiaisonId): Promise<Liaison | null> => {
    try {
      const found = await docs.load(sharedKey(agencyId, 'LIAISON', liaisonId), liaisonSchema);
      return found?.value ?? null;
    } catch (error) {
      // Record: one that cannot be read is as good as none, and its alerts are told to people.
      if (error instanceof MalformedItem) return null;
      throw error;
    }
  };

  const loadSome = async (
    agencyId: AgencyId,
    ids: readonly LiaisonId[],
  ): Promise<ReadonlyMap<LiaisonId, Liaison>> => {
    const found = await Promise.all(ids.map((id) => load(agencyId, id)));
    return new Map(
      found.flatMap((liaison) => (liaison === null ? [] : [[liaison.liaisonId, liaison]])),
    );
  };

  return { load, loadSome };
};
export type Liaisons = ReturnType<typeof liaisons>;
