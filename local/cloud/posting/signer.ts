import { createHash, createSign } from 'node:crypto';
import { generate } from 'selfsigned';

/** What signs what a topic posts, and by what it is checked. */
export type Signer = {
  /** The certificate's file, as in the path of a `SigningCertURL`. */
  fileName: string;
  /** In PEM. */
  certificate: string;
  sign(text: string, version: SignatureVersion): string;
};

/** With SHA-1, which SNS has unless told, and with SHA-256. */
export type SignatureVersion = '1' | '2';

const ALGORITHMS = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' } as const;

/** On whatever day the clock stands: what is checked here is the signature. */
const VALID = {
  notBeforeDate: new Date('2000-01-01T00:00:00Z'),
  notAfterDate: new Date('2100-01-01T00:00:00Z'),
};

/** A key and a certificate as SNS has them, made now. */
export const createSigner = async (region: string): Promise<Signer> => {
  const host = `sns.${region}.amazonaws.com`;
  const made = await generate([{ name: 'commonName', value: host }], {
    ...{ ...VALID, keySize: 2048, algorithm: 'sha256' },
  });
  const digest = createHash('md5').update(made.cert).digest('hex');
  return {
    fileName: `SimpleNotificationService-${digest}.pem`,
    certificate: made.cert,
    sign: (text, version) =>
      createSign(ALGORITHMS[version]).update(text, 'utf8').sign(made.private, 'base64'),
  };
};
