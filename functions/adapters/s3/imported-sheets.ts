import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MOST_SHEET_BYTES } from '#domain/exchange/sheet.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Objects } from './objects.ts';

/** What S3 holds is not the sheet of its name, or was not taken. */
export class SheetNotKept extends Error {
  constructor() {
    super('an imported sheet is not what was put there');
    this.name = 'SheetNotKept';
  }
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Beside the wearer's days, and named by what it is: the same sheet is the same object. */
export const sheetKey = ({ agencyId, wearerId }: WearerRef, sha256: string): string =>
  `${agencyId}/${wearerId}/imported/${sha256}.ndjson.gz`;

/** Keeps sheets of imports as they came, in the bucket of the trail and for as long as it keeps. */
export const importedSheets = (objects: Objects) => {
  const load = async (wearer: WearerRef, sha256: string): Promise<string | null> => {
    const found = await objects.get(sheetKey(wearer, sha256));
    if (found === null) return null;
    const text = gunzipSync(found.body, { maxOutputLength: MOST_SHEET_BYTES }).toString('utf8');
    if (sha256Of(text) !== sha256) throw new SheetNotKept();
    return text;
  };

  return {
    /** A sheet by the SHA-256 of its text; null where there is none, or its time is over. */
    load,

    /** Keeps a sheet: when it returns S3 holds it. Throws otherwise, and may be called again. */
    keep: async (wearer: WearerRef, text: string): Promise<string> => {
      const sha256 = sha256Of(text);
      const key = sheetKey(wearer, sha256);
      const body = new Uint8Array(gzipSync(text));
      if ((await objects.put(key, body, null)) === 'put') {
        if (!(await objects.holds(key, body))) throw new SheetNotKept();
        return sha256;
      }
      // It is there already: perhaps packed otherwise, by an earlier version of the packer.
      if ((await load(wearer, sha256)) === null) throw new SheetNotKept();
      return sha256;
    },
  };
};
export type ImportedSheets = ReturnType<typeof importedSheets>;
