/** Writes and reads big-endian numbers one after another; grows as it writes. */
export const byteWriter = () => {
  let bytes = new Uint8Array(256);
  let at = 0;
  const room = (width: number): DataView => {
    if (at + width > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, at + width));
      larger.set(bytes);
      bytes = larger;
    }
    return new DataView(bytes.buffer);
  };
  return {
    u8: (value: number) => {
      room(1).setUint8(at, value);
      at += 1;
    },
    u16: (value: number) => {
      room(2).setUint16(at, value);
      at += 2;
    },
    u32: (value: number) => {
      room(4).setUint32(at, value);
      at += 4;
    },
    i32: (value: number) => {
      room(4).setInt32(at, value);
      at += 4;
    },
    /** 40 bits: milliseconds of 34 years. */
    u40: (value: number) => {
      room(5).setUint8(at, Math.floor(value / 2 ** 32));
      room(5).setUint32(at + 1, value % 2 ** 32);
      at += 5;
    },
    f64: (value: number) => {
      room(8).setFloat64(at, value);
      at += 8;
    },
    ascii: (text: string) => {
      room(1).setUint8(at, text.length);
      at += 1;
      for (let i = 0; i < text.length; i += 1) {
        room(1).setUint8(at, text.charCodeAt(i));
        at += 1;
      }
    },
    bytes: (): Uint8Array => bytes.slice(0, at),
  };
};
export type ByteWriter = ReturnType<typeof byteWriter>;

/** Throws a RangeError where the bytes end before the number does. */
export const byteReader = (bytes: Uint8Array) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (width: number): number => {
    at += width;
    return at - width;
  };
  return {
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2)),
    u32: () => view.getUint32(take(4)),
    i32: () => view.getInt32(take(4)),
    u40: () => view.getUint8(take(1)) * 2 ** 32 + view.getUint32(take(4)),
    f64: () => view.getFloat64(take(8)),
    ascii: () => {
      const length = view.getUint8(take(1));
      let text = '';
      for (let i = 0; i < length; i += 1) text += String.fromCharCode(view.getUint8(take(1)));
      return text;
    },
    isAtEnd: () => at >= view.byteLength,
  };
};
export type ByteReader = ReturnType<typeof byteReader>;
