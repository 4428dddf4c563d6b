import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Manifest, manifestSchema } from '#domain/exchange/record-transfer.ts';
import {
  importIdSchema,
  type PersonId,
  personIdSchema,
  type WearerRef,
} from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { ERASURE_TYPE } from '#domain/record/erasure.ts';
import { importedSheetKey, importsPk, type SheetAt } from './dynamodb/import-keys.ts';
import { type Item, readJson, text } from './dynamodb/items.ts';
import { putOnce } from './dynamodb/put-once.ts';
import { between, queryAll } from './dynamodb/query.ts';
import { entryPut } from './dynamodb/record.ts';
import { type ImportedSheets, sha256Of } from './s3/imported-sheets.ts';

/** That a sheet was imported, by whom and when; the sheet itself is an object of its digest. */
const importedSchema = z.object({
  importId: importIdSchema,
  manifest: manifestSchema,
  /** Of the whole sheet, its first line among it. */
  sha256: z.string().length(64),
  importedAt: instantSchema,
  by: personIdSchema,
});
export type Imported = z.infer<typeof importedSchema>;

/** A sheet that was read, and who sends it. */
export type SheetToKeep = Readonly<{
  manifest: Manifest;
  text: string;
  by: PersonId;
  now: Instant;
}>;

export type Kept = 'imported' | 'known' | 'conflict';

const importedFrom = (item: Item): Imported => readJson(item, 'body', importedSchema);

type Parts = Readonly<{
  client: DynamoDBClient;
  recordTable: string;
  sheets: ImportedSheets;
}>;

/**
 * What other systems said of wearers, as they said it. It is written once and read again; nothing
 * that evaluates, escalates or notifies reads it.
 */
export const imports = ({ client, recordTable, sheets }: Parts) => {
  const find = async (at: SheetAt): Promise<Imported | null> => {
    const { pk, sk } = importedSheetKey(at);
    const one = between(recordTable, pk, { from: sk, to: sk });
    const [item] = await queryAll(client, one, 1);
    return item === undefined ? null : importedFrom(item);
  };

  return {
    /**
     * Keeps a sheet: the object first, then the entry that names it, so that no entry names
     * nothing. The same sheet again changes nothing; another one under the same number is a
     * conflict, and the first stands.
     */
    keep: async (at: SheetAt, sheet: SheetToKeep): Promise<Kept> => {
      const known = await find(at);
      if (known !== null && known.sha256 !== sha256Of(sheet.text)) return 'conflict';
      const sha256 = await sheets.keep(at.wearer, sheet.text);
      if (known !== null) return 'known';
      const { manifest, by, now: importedAt } = sheet;
      const body = { importId: at.importId, manifest, sha256, importedAt, by };
      const entry = { at: importedAt, type: 'sheet-imported', body };
      const put = await putOnce(client, entryPut(recordTable, importedSheetKey(at), entry));
      if (put === 'put') return 'imported';
      const first = await find(at);
      return first?.sha256 === sha256 ? 'known' : 'conflict';
    },

    /** A sheet as it came. `gone`: it was imported, and the time for which it is kept is over. */
    load: async (at: SheetAt): Promise<string | 'gone' | null> => {
      const found = await find(at);
      if (found === null) return null;
      return (await sheets.load(at.wearer, found.sha256)) ?? 'gone';
    },

    /** Every sheet that was ever imported of a wearer, by import, group and number. */
    list: async (wearer: WearerRef): Promise<Imported[]> => {
      const items = await queryAll(client, {
        TableName: recordTable,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': text(importsPk(wearer)) },
      });
      // What was erased of them is said among them, so that their chain verifies.
      return items.filter((item) => item.type?.S !== ERASURE_TYPE).map(importedFrom);
    },
  };
};
export type Imports = ReturnType<typeof imports>;
