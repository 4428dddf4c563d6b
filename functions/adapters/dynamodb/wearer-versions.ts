import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Dated } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Item, readJson, readText } from './items.ts';
import { type Key, versionsRange, wearerPk } from './keys.ts';
import { between, queryAll, startingWith } from './query.ts';
import { datedOf } from './versions.ts';

/** A version of a document as it is kept, of whichever kind. */
export type KeptVersion = Dated &
  Readonly<{
    /** What kind it is of, such as `ORDER`; and its id, empty where there is one of it alone. */
    kind: string;
    id: string;
    document: Readonly<Record<string, unknown>>;
  }>;

const documentSchema = z.record(z.string(), z.unknown());

const keptFrom = (item: Item, kind: string, id: string): KeptVersion => ({
  ...{ ...datedOf(item), kind, id, document: readJson(item, 'body', documentSchema) },
});

/** Reads every version of every document of a wearer, and of one that wearers share. */
export const wearerVersions = (client: DynamoDBClient, table: string) => {
  /** Of one kind alone, such as `ORDER`, where one is named. */
  const ofWearer = async (wearer: WearerRef, only = ''): Promise<KeptVersion[]> => {
    const prefix = only === '' ? 'VERSION#' : `VERSION#${only}#`;
    const items = await queryAll(client, startingWith(table, wearerPk(wearer), prefix));
    return items.map((item) => {
      const [, kind = '', ...rest] = readText(item, 'sk').split('#');
      return keptFrom(item, kind, rest.slice(0, -1).join('#'));
    });
  };

  const ofShared = async (key: Key): Promise<KeptVersion[]> => {
    const items = await queryAll(client, between(table, key.pk, versionsRange(key)));
    const [, kind = '', id = ''] = key.pk.split('#');
    return items.map((item) => keptFrom(item, kind, id));
  };

  return { ofWearer, ofShared };
};
export type WearerVersions = ReturnType<typeof wearerVersions>;
