import encodeQR from 'qr';
import { type Verification, verificationCode } from '#domain/report/verification.ts';

/** How a report with a SHA-256 is verified, at the public address of the API. */
export const verificationAt =
  (publicUrl: string) =>
  (sha256: string): Verification => {
    const code = verificationCode(sha256);
    const address = `${publicUrl}/v1/reports/${code}/verification`;
    // The least margin that it can draw, which is cut off: whoever draws the code gives it its own.
    const framed = encodeQR(address, 'raw', { ecc: 'medium', border: 1 });
    const modules = framed.slice(1, -1).map((row) => row.slice(1, -1));
    return { sha256, code, address, modules };
  };
