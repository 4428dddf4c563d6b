import { Parser } from '@asyncapi/parser';

/** A reference that leads out of the document, which the parser would go and fetch. */
const LEADS_OUT = /"\$ref":\s*"[^#]/;

/** That AsyncAPI has a later version than the one used here: 3.1 adds nothing that we need. */
const KNOWN = new Set(['asyncapi-latest-version']);

const parser = new Parser();

/**
 * What the parser of AsyncAPI's authors has to say of a document, hints included; empty: nothing. A
 * document that refers to others is not given to it: it would leave the machine for them.
 */
export const asyncApiProblems = async (text: string): Promise<string[]> => {
  if (LEADS_OUT.test(text)) return ['$ref: leads out of the document'];
  const { document, diagnostics } = await parser.parse(text);
  const found = diagnostics
    .filter(({ code }) => !KNOWN.has(String(code)))
    .map(({ path, message }) => `${path.join('/')}: ${message}`);
  return document === undefined && found.length === 0 ? ['is no AsyncAPI document'] : found;
};
