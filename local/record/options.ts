import { parseArgs } from 'node:util';

/** Where a wearer's record is fetched from, and for whom. */
export type Fetching = Readonly<{
  api: string;
  token: string;
  wearerId: string;
  chain: 'record' | 'readings';
  by: string;
  reason: string;
}>;

/** What the command is to do. */
export type VerifyOptions = Readonly<{
  /** The export: to be written where it is fetched, else to be read. */
  file: string;
  /** A file with the public key that the agency signs with; null: none was named. */
  publicKey: string | null;
  /** The chain that it must be; null: whichever it says. */
  chain: string | null;
  fetching: Fetching | null;
}>;

export const HELP = `Verifies an export of a wearer's record, and needs nothing but the file (docs/record.md).

  npm run verify-record -- FILE [--public-key KEYFILE] [--chain NAME]
  npm run verify-record -- FILE --fetch --api URL --wearer ID --by PERSON --why TEXT [--readings]
                                [--public-key KEYFILE]

--public-key  the agency's public key, as PEM or DER in base64: without it the key in the file is
              taken, and named, so that it can be compared
--chain       the chain that it must be, such as kent#WEARER#w-1
--fetch       fetches the export into FILE first, under the administrator's token in HOMEWARD_TOKEN
--readings    who read what about the wearer, in the place of what happened

The exit code is 0 only if the export is intact. Else the first bad entry is named.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ 'public-key': text, chain: text, api: text, wearer: text, by: text, why: text },
  ...{ fetch: flag, readings: flag },
};

/** Reads the command line. Throws with what is missing, in words. */
export const readOptions = (args: readonly string[], token: string | undefined): VerifyOptions => {
  const { values, positionals } = parseArgs({
    ...{ args: [...args], options: OPTIONS, allowPositionals: true },
  });
  const must = (name: 'api' | 'wearer' | 'by' | 'why'): string => {
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`--${name} is missing`);
    return value;
  };
  const [file, ...rest] = positionals;
  if (file === undefined) throw new Error('name the file of the export');
  if (rest.length > 0) throw new Error(`"${rest.join(' ')}" is not understood`);
  const asked = { file, publicKey: values['public-key'] ?? null, chain: values.chain ?? null };
  if (values.fetch !== true) return { ...asked, fetching: null };
  if (token === undefined || token === '') throw new Error('HOMEWARD_TOKEN is not set');
  const where = { api: must('api'), token, wearerId: must('wearer') };
  const chain = values.readings === true ? 'readings' : 'record';
  return { ...asked, fetching: { ...where, chain, by: must('by'), reason: must('why') } };
};
