import type { HistoryGroup } from '#domain/exchange/record-transfer.ts';
import type { ImportId, WearerRef } from '#domain/model/ids.ts';
import { type Key, padded } from './keys.ts';

/** One sheet of an import: what another system said of a wearer. */
export type SheetAt = Readonly<{
  wearer: WearerRef;
  importId: ImportId;
  group: HistoryGroup;
  sheet: number;
}>;

/**
 * In the table of the record and apart from it: no timeline and no fold of ours reads this
 * partition.
 */
export const importsPk = ({ agencyId, wearerId }: WearerRef): string =>
  `${agencyId}#IMPORTED#${wearerId}`;

export const importedSheetKey = ({ wearer, importId, group, sheet }: SheetAt): Key => ({
  pk: importsPk(wearer),
  sk: `${importId}#${group}#${padded(sheet)}`,
});
