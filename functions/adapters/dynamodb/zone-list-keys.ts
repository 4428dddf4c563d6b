import { type Key, padded } from './keys.ts';

/** Some members of a zone list, named by what they are; beside the list itself. */
export const zoneListPartKey = ({ pk }: Key, name: string): Key => ({ pk, sk: `PART#${name}` });

/** One request of a zone list that comes in several, until it is published. */
export const zoneListDraftKey = (
  { pk }: Key,
  { draft, part }: Readonly<{ draft: string; part: number }>,
): Key => ({ pk, sk: `DRAFT#${draft}#${padded(part)}` });

/** From here to there lie all drafts of a list. */
export const DRAFTS_RANGE = { from: 'DRAFT#', to: 'DRAFT#~' } as const;
export const isZoneListDraft = (sk: string): boolean => sk.startsWith(DRAFTS_RANGE.from);
