/** Seven bits a byte: eight bytes hold every safe integer of the times and positions here. */
const MOST_VARINT_BYTES = 8;

/** Writes numbers and texts one after another; grows as it writes. */
export const byteWriter = () => {
  let bytes = new Uint8Array(256);
  let at = 0;
  const u8 = (value: number): void => {
    if (at === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[at] = value;
    at += 1;
  };
  /** A whole number from 0 to 2^53 - 1: small ones take a byte. */
  const varint = (value: number): void => {
    let left = value;
    while (left >= 0x80) {
      u8((left % 0x80) | 0x80);
      left = Math.floor(left / 0x80);
    }
    u8(left);
  };
  return {
    u8,
    varint,
    /** A whole number of either sign, within 2^52. */
    signed: (value: number): void => varint(value >= 0 ? value * 2 : -value * 2 - 1),
    ascii: (text: string): void => {
      u8(text.length);
      for (let i = 0; i < text.length; i += 1) u8(text.charCodeAt(i));
    },
    bytes: (): Uint8Array => bytes.slice(0, at),
  };
};
export type ByteWriter = ReturnType<typeof byteWriter>;

/** Throws a RangeError where the bytes end before the number does, or are none that we wrote. */
export const byteReader = (bytes: Uint8Array) => {
  let at = 0;
  const u8 = (): number => {
    const value = bytes[at];
    if (value === undefined) throw new RangeError('Packed bytes end too soon');
    at += 1;
    return value;
  };
  const varint = (): number => {
    let value = 0;
    let weight = 1;
    for (let i = 0; i < MOST_VARINT_BYTES; i += 1) {
      const byte = u8();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80 && value <= Number.MAX_SAFE_INTEGER) return value;
      weight *= 0x80;
    }
    throw new RangeError('A packed number is too long');
  };
  return {
    u8,
    varint,
    signed: (): number => {
      const value = varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    ascii: (): string => {
      const length = u8();
      let text = '';
      for (let i = 0; i < length; i += 1) text += String.fromCharCode(u8());
      return text;
    },
    /** How many bytes have been read. */
    position: () => at,
    isAtEnd: () => at >= bytes.length,
  };
};
export type ByteReader = ReturnType<typeof byteReader>;
