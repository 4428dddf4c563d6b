import { parseArgs } from 'node:util';
import { type Instant, isoInstantSchema } from '#domain/model/instant.ts';
import { digestSchema } from '#domain/record/link.ts';
import type { Known } from '#domain/record/verify.ts';

/** Where a chain is fetched from, and for whom. */
export type Fetching = Readonly<{
  api: string;
  token: string;
  /** Null: a chain of the agency's own. */
  wearerId: string | null;
  /** Which of a wearer's: record, readings or imports; of the agency's, its name. */
  chain: string;
  /** With the documents, and after it the chains of what orders refer to. */
  withDocuments?: boolean;
  by: string;
  reason: string;
}>;

/** What the command is to do. */
export type VerifyOptions = Readonly<{
  /** The export: to be written where it is fetched, else to be read. */
  file: string;
  /** A file with the public key that the agency signs with; null: none was named. */
  publicKey: string | null;
  /** Its fingerprint, where that is named in its place. */
  keyId: string | null;
  /** Where the chain ended when somebody noted it. */
  end: NonNullable<Known['end']> | null;
  /** What was in force then is said; null: nobody asks. */
  at: Instant | null;
  /** The chain that it must be; null: whichever it says. */
  chain: string | null;
  fetching: Fetching | null;
}>;

export const HELP = `Verifies an export of the record, and needs nothing but the file (docs/record.md).

  npm run verify-record -- FILE (--key FINGERPRINT | --public-key KEYFILE) [--chain NAME]
                                [--end POSITION:HASH] [--at INSTANT]
  npm run verify-record -- FILE --fetch --api URL (--wearer ID [--documents | --readings | --imports]
                                | --chain NAME) --by PERSON --why TEXT [as above]

--key         the fingerprint of the agency's public key: SHA-256 of its DER, 64 hexadecimal digits
--public-key  the key itself, as PEM or DER in base64. Without either the key in the file is taken,
              and named; whoever made all of it up would have signed it too
--chain       the chain that it must be, such as kent#WEARER#w-1 or kent#ZONE#school
--end         where the chain ended by an earlier export, as this command said it then
--at          says which version of each document was in force at an instant, such as
              2026-10-24T20:05:00Z
--fetch       fetches the export into FILE first, under the administrator's token in HOMEWARD_TOKEN
--documents   with each version of the wearer's documents, and then the chains of the zones,
              timetables, policies and thresholds that their orders refer to
--readings    who read what about the wearer, in the place of what happened
--imports     what was imported of them

Exit codes: 0 intact, under the key that was named; 1 not intact, and the first bad entry is named;
2 could not be read; 3 consistent and not proven: no anchor holds it, or no key was named.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ 'public-key': text, key: text, chain: text, end: text, at: text },
  ...{ api: text, wearer: text, by: text, why: text },
  ...{ fetch: flag, documents: flag, readings: flag, imports: flag },
};

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
type Values = ReturnType<typeof parsed>['values'];

const keyIdFrom = ({ key, 'public-key': file }: Values): string | null => {
  if (key === undefined) return null;
  if (file !== undefined) throw new Error('name --key or --public-key, not both');
  const read = digestSchema.safeParse(key.toLowerCase().replaceAll(/[:\s]/g, ''));
  if (!read.success) throw new Error('--key is no fingerprint: 64 hexadecimal digits');
  return read.data;
};

const endFrom = ({ end }: Values): VerifyOptions['end'] => {
  if (end === undefined) return null;
  const [, position, hash] = /^(\d{1,8}):([0-9a-f]{64})$/.exec(end) ?? [];
  if (hash === undefined) throw new Error('--end is a position, a colon and a hash of 64 digits');
  return { position: Number(position), hash };
};

const instantFrom = ({ at }: Values): Instant | null => {
  if (at === undefined) return null;
  const read = isoInstantSchema.safeParse(at);
  if (!read.success) throw new Error('--at is no instant, such as 2026-10-24T20:05:00Z');
  return read.data;
};

const OF_WEARER = ['readings', 'imports'] as const;

/** Which chain is fetched. */
const chainFrom = (values: Values): Pick<Fetching, 'wearerId' | 'chain' | 'withDocuments'> => {
  if (values.wearer === undefined || values.wearer === '') {
    if (values.chain === undefined) throw new Error('--wearer or --chain is missing');
    return { wearerId: null, chain: values.chain };
  }
  const [other = 'record', more] = OF_WEARER.filter((name) => values[name] === true);
  if (more !== undefined) throw new Error('--readings and --imports are two files');
  const withDocuments = values.documents === true;
  if (withDocuments && other !== 'record')
    throw new Error(`--documents has no place by --${other}`);
  return { wearerId: values.wearer, chain: other, ...(withDocuments ? { withDocuments } : {}) };
};

/** Reads the command line. Throws with what is missing, in words. */
export const readOptions = (args: readonly string[], token: string | undefined): VerifyOptions => {
  const { values, positionals } = parsed(args);
  const must = (name: 'api' | 'by' | 'why'): string => {
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`--${name} is missing`);
    return value;
  };
  const [file, ...rest] = positionals;
  if (file === undefined) throw new Error('name the file of the export');
  if (rest.length > 0) throw new Error(`"${rest.join(' ')}" is not understood`);
  const asked = {
    ...{ file, publicKey: values['public-key'] ?? null, keyId: keyIdFrom(values) },
    ...{ chain: values.chain ?? null, end: endFrom(values), at: instantFrom(values) },
  };
  if (values.fetch !== true) return { ...asked, fetching: null };
  if (token === undefined || token === '') throw new Error('HOMEWARD_TOKEN is not set');
  const where = { api: must('api'), token, ...chainFrom(values) };
  return { ...asked, fetching: { ...where, by: must('by'), reason: must('why') } };
};
