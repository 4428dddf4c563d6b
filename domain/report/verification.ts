/** The alphabet of Crockford's base 32: no I, L, O or U. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_BITS = 80;
const GROUP = 4;

/** By what a printed report is held to the record: on its last page, and in its footers. */
export type Verification = Readonly<{
  /** SHA-256 of the report's canonical JSON, in hexadecimal. */
  sha256: string;
  /** The first 80 bits of it: `8QGD-8CKA-...`. */
  code: string;
  /** Where whoever holds a print can compare it. */
  address: string;
  /** The address as a QR code: rows of dark modules. */
  modules: readonly (readonly boolean[])[];
}>;

/** The first 80 bits of a SHA-256 in hexadecimal, in base 32 and groups of four. */
export const verificationCode = (sha256: string): string => {
  let bits = BigInt(`0x${sha256.slice(0, CODE_BITS / 4)}`);
  let code = '';
  for (let i = 0; i < CODE_BITS / 5; i += 1) {
    code = `${ALPHABET[Number(bits % 32n)]}${code}`;
    bits /= 32n;
  }
  return (code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
};

/**
 * A code as somebody typed it off a page: in any case, with or without its dashes, and with the
 * letters that stand for digits. Null where it can be none.
 */
export const readVerificationCode = (typed: string): string | null => {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (!new RegExp(`^[${ALPHABET}]{${CODE_BITS / 5}}$`).test(plain)) return null;
  return (plain.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
};
