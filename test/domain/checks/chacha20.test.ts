import { describe, expect, it } from 'vitest';
import { chacha20Block } from '#domain/checks/chacha20.ts';

/** Octets as RFC 8439 prints them, as words of 32 bits, the least octet first. */
const words = (hex: string): number[] => {
  const bytes = Buffer.from(hex.replace(/[^0-9a-f]/g, ''), 'hex');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
};

describe('a block of ChaCha20', () => {
  it('is the one that RFC 8439 works out in 2.3.2', () => {
    const key = words('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    const [first = 0, second = 0, third = 0] = words('000000090000004a00000000');
    const block = chacha20Block(Uint32Array.from(key), 1, [first, second, third]);
    expect([...block]).toEqual(
      words(
        '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e' +
          'd2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
      ),
    );
  });

  it('is that of key 0 in the first test vector of appendix A.1', () => {
    const block = chacha20Block(new Uint32Array(8), 0, [0, 0, 0]);
    expect([...block].slice(0, 4)).toEqual(words('76b8e0ada0f13d90405d6ae55386bd28'));
  });

  it('takes no key of another length', () => {
    expect(() => chacha20Block(new Uint32Array(4), 0, [0, 0, 0])).toThrow('eight words, not 4');
  });
});
