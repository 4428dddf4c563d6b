import * as z from 'zod';
import { type AgencyId, personIdSchema, type WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { oneLineSchema } from '#domain/model/one-line.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { PutEntry } from '../../adapters/dynamodb/record.ts';
import { unknownAmong } from '../named-documents.ts';
import type { Problem } from '../problems.ts';

const said = oneLineSchema.pipe(z.string().min(1).max(200));

/** Who hands something over, to whom and why: what a log of disclosures has to say. */
export const disclosureSchema = z.object({ by: personIdSchema, recipient: said, reason: said });
export type Disclosure = z.infer<typeof disclosureSchema>;

/** Whoever does it must be somebody on record. */
export const unknownBy = (
  documents: Documents,
  agencyId: AgencyId,
  { by: id }: Pick<Disclosure, 'by'>,
): Promise<Problem[]> => unknownAmong(documents, agencyId, [{ path: 'by', kind: 'PERSON', id }]);

type Disclosed = Readonly<{
  wearer: WearerRef;
  at: Instant;
  disclosure: Disclosure;
  /** Of what, such as `locations#3`; and what it came to. */
  what: string;
  body: object;
}>;

/** Puts on record what was handed over, before it is. */
export const putDisclosure = (
  putEntry: PutEntry,
  { wearer, at, disclosure, what, body }: Disclosed,
): Promise<void> =>
  putEntry({
    ...{ wearer, at, name: `EXPORTED#${what}`, type: 'sheet-exported' },
    body: { ...body, ...disclosure },
  });
