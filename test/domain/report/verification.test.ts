import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVerificationCode, verificationCode } from '#domain/report/verification.ts';

const hashes = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('a verification code', () => {
  it('is the first 80 bits of a SHA-256, in groups of four', () => {
    expect(verificationCode('0'.repeat(64))).toBe('0000-0000-0000-0000');
    expect(verificationCode(`${'f'.repeat(20)}${'0'.repeat(44)}`)).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  });

  it('is read off a page however it was typed', () => {
    fc.assert(
      fc.property(hashes, (sha256) => {
        const code = verificationCode(sha256);
        const typed = code.toLowerCase().replaceAll('-', ' ').replace(/1/g, 'l').replace(/0/g, 'o');
        expect(readVerificationCode(typed)).toBe(code);
      }),
    );
  });

  it.each(['', '8QGD', 'UUUU-UUUU-UUUU-UUUU'])('is not %j', (typed) => {
    expect(readVerificationCode(typed)).toBeNull();
  });
});
