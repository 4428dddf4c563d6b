import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AgencyId, agencyIdSchema } from '#domain/model/ids.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import { keyItem, readText, text } from './items.ts';
import type { Key } from './keys.ts';
import { between, queryAll } from './query.ts';
import { documentsPk, listedDocumentKey } from './retention-keys.ts';

/** Documents that an agency has beside those of its wearers, as a list names them. */
export type ListedDocument = Readonly<{ kind: string; id: string }>;

/**
 * Names a document of the agency among all of its kind; nothing for a wearer's, for what stands
 * beside one, and for the canary's own.
 */
export const listedDocumentPut = (TableName: string, { pk, sk }: Key): TransactWriteItem[] => {
  const [agency, kind = '', id = ''] = pk.split('#');
  if (sk !== 'CURRENT' || id === TEST_WEARER) return [];
  const key = listedDocumentKey(agencyIdSchema.parse(agency), { kind, id });
  const Item = { ...keyItem(key), entity: text('LISTED-DOCUMENT') };
  return [{ Put: { TableName, Item } }];
};

/** The ids of some kind of document of an agency, in their order, from behind one on. */
export const listedDocuments =
  (client: DynamoDBClient, TableName: string) =>
  async (
    agencyId: AgencyId,
    { kind, id }: ListedDocument,
    most: number,
  ): Promise<ListedDocument[]> => {
    const from = listedDocumentKey(agencyId, { kind, id }).sk;
    const range = { from, to: `${kind}#~` };
    const query = { ...between(TableName, documentsPk(agencyId), range), Limit: most + 1 };
    const items = await queryAll(client, query, most + 1);
    const names = items.map((item) => readText(item, 'sk'));
    const behind = id === '' ? names : names.filter((name) => name !== from);
    return behind.slice(0, most).map((name) => ({ kind, id: name.slice(kind.length + 1) }));
  };
export type LoadListedDocuments = ReturnType<typeof listedDocuments>;
