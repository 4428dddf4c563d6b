import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const published = (path: string): string =>
  readFileSync(new URL(`../../test/schemas/${path}`, import.meta.url), 'utf8');

/** The schema of CAP 1.2 by OASIS, and the one that google/cap-library holds messages to. */
export const CAP_SCHEMAS = ['cap/cap12.xsd', 'cap/cap12_extended.xsd'] as const;

/** The grammar of Atom (RFC 4287, appendix B). */
export const ATOM_GRAMMAR = 'atom/atom.rng';

type PublishedSchema = (typeof CAP_SCHEMAS)[number] | typeof ATOM_GRAMMAR;

/**
 * Says, by libxml2, in which way documents break a schema; empty: in none. All at once, for each
 * call starts a machine of its own, which takes longer than a hundred documents.
 */
export const schemaProblems = async (
  documents: readonly string[],
  schema: PublishedSchema,
): Promise<string[]> => {
  const { errors } = await validateXML({
    xml: documents.map((contents, i) => ({ fileName: `document-${i + 1}.xml`, contents })),
    schema: published(schema),
    extension: schema === ATOM_GRAMMAR ? 'relaxng' : 'schema',
  });
  return errors.map(({ loc, message }) => `${loc?.fileName ?? 'a document'}: ${message}`);
};
