import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { CAP_NAMESPACE } from '#domain/liaison/cap.ts';
import { type CapReceipt, capReceiptSchema } from '#domain/liaison/cap-receipt.ts';

/** Far more than any answer needs. */
const MOST_BYTES = 64 * 1024;

/** An alert of CAP with a resource in an info is four deep; nothing is read below two. */
const MOST_NESTED = 8;

/** A `!` but of a comment or of CDATA is a document type, or a part of one. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;

/** An instruction to a program, but for the one that says that this is XML. */
const INSTRUCTION = /<\?(?!xml\s)/i;

/** Whatever is not one of XML's own five, or a character's number, would have to be declared. */
const DECLARED_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/;

const NUMBERED = /&#(?:x([0-9a-fA-F]+)|(\d+));/g;

/** Characters that XML 1.0 cannot hold, also not by their number. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

export type CapRead =
  | Readonly<{ ok: true; receipt: CapReceipt }>
  | Readonly<{ ok: false; problem: string }>;

const refused = (problem: string): CapRead => ({ ok: false, problem });

const isReadable = (text: string): boolean =>
  !UNREADABLE.test(text) &&
  [...text.matchAll(NUMBERED)].every(([, hex, decimal]) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ffff && !UNREADABLE.test(String.fromCodePoint(code));
  });

const whyUnsafe = (text: string): string | null => {
  if (Buffer.byteLength(text) > MOST_BYTES) return 'longer than 64 KiB';
  if (DECLARATION.test(text)) return 'a document type is declared in it, which CAP does not need';
  if (INSTRUCTION.test(text)) return 'an instruction to a program is in it';
  if (DECLARED_ENTITY.test(text)) return 'an entity is in it that is not one of XML itself';
  if (!isReadable(text)) return 'a character is in it that XML cannot hold';
  return XMLValidator.validate(text) === true ? null : 'not XML: a tag is not closed, or not a tag';
};

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // Parts of a text would be put together without what stands between them.
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: MOST_NESTED,
});

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

const fieldsSchema = z.record(z.string(), z.unknown());

/** The elements of the one alert of CAP 1.2, without a prefix; null: it is something else. */
const alertIn = (document: unknown): Readonly<Record<string, unknown>> | null => {
  const root = Object.entries(fieldsSchema.parse(document)).find(
    ([name]) => name !== '?xml' && name !== '#text',
  );
  const fields = fieldsSchema.safeParse(root?.[1]);
  if (root === undefined || !fields.success) return null;
  const [name] = root;
  const prefix = name.slice(0, -'alert'.length);
  if (name !== `${prefix}alert` || !/^([\w.-]+:)?$/.test(prefix)) return null;
  const namespace = prefix === '' ? '@_xmlns' : `@_xmlns:${prefix.slice(0, -1)}`;
  if (fields.data[namespace] !== CAP_NAMESPACE) return null;
  return Object.fromEntries(
    Object.entries(fields.data).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), trimmed(value)]] : [],
    ),
  );
};

const parsed = (text: string): unknown => {
  try {
    return parser.parse(text);
  } catch {
    // Record: whoever sent it is told, and keeps it.
    return null;
  }
};

/**
 * Reads a recipient's answer in CAP 1.2: `Ack` or `Error`. Refused, with the reason in plain words:
 * more than 64 KiB, anything that declares a document type or entities, what is not XML, not CAP
 * 1.2, or no answer.
 */
export const readCapReceipt = (text: string): CapRead => {
  const unsafe = whyUnsafe(text);
  if (unsafe !== null) return refused(unsafe);
  const document = parsed(text);
  if (document === null)
    return refused('not XML that can be read: nested too deep, or of a reserved name');
  const alert = alertIn(document);
  if (alert === null) return refused(`not one alert of CAP 1.2 (${CAP_NAMESPACE})`);
  const receipt = capReceiptSchema.safeParse(alert);
  if (!receipt.success) {
    const [issue] = receipt.error.issues;
    return refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as CAP has it'}`);
  }
  return { ok: true, receipt: receipt.data };
};
