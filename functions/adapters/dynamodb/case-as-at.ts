import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import type { DatedVersion } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { readJson, readText } from './items.ts';
import { wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import { datedOf } from './versions.ts';

/** Of each document its newest version; versions come in their order. */
const newestOf = <V>(versions: readonly Readonly<{ of: string; kept: V }>[]): V[] => [
  ...new Map(versions.map(({ of, kept }) => [of, kept])).values(),
];

/**
 * The documents of one kind of a wearer's case, under a prefix of their sort keys, as they were on
 * record at an instant. What came on record later is left out: nothing refers to it.
 */
export const caseAsAt = (client: DynamoDBClient, table: string) => {
  return async <S extends z.ZodType>(
    wearer: WearerRef,
    { prefix, schema }: Readonly<{ prefix: string; schema: S }>,
    at: Instant,
  ): Promise<DatedVersion<z.output<S>>[]> => {
    const query = startingWith(table, wearerPk(wearer), `VERSION#${prefix}`);
    const known = (await queryAll(client, query)).flatMap((item) => {
      const dated = datedOf(item);
      if (dated.changedAt > at) return [];
      const of = readText(item, 'sk').split('#').slice(0, -1).join('#');
      return [{ of, kept: { ...dated, value: readJson(item, 'body', schema) } }];
    });
    return newestOf(known);
  };
};
export type LoadCaseAsAt = ReturnType<typeof caseAsAt>;
