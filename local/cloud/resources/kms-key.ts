import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import * as z from 'zod';
import { arnOf, physicalName } from '../place.ts';
import { placeOf, type ResourceKind, readProperties, withoutEffect } from './resource-kind.ts';

const keySchema = z.strictObject({
  KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).default('ENCRYPT_DECRYPT'),
  // Read by local/iam.
  KeyPolicy: withoutEffect,
  Description: withoutEffect,
  // Nothing is encrypted at rest on this machine.
  EnableKeyRotation: withoutEffect,
  RotationPeriodInDays: withoutEffect,
  PendingWindowInDays: withoutEffect,
  Tags: withoutEffect,
});

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

/** AWS::KMS::Key: one that signs is made once and kept; one that encrypts changes nothing here. */
export const kmsKey: ResourceKind = (resource, { place, registry, ledger }) => {
  const { KeySpec, KeyUsage } = readProperties(keySchema, resource);
  const signs = KeyUsage === 'SIGN_VERIFY';
  if (signs !== (KeySpec === 'ECC_NIST_P256')) {
    throw new Error(`${placeOf(resource)}: a key of ${KeySpec} is not for ${KeyUsage}.`);
  }
  const { logicalId } = resource;
  const keyId = physicalName(place, logicalId, 128);
  const arn = arnOf(place, 'kms', `key/${keyId}`);
  if (signs) {
    const kept = ledger.collection('signing keys', z.string());
    const pem = kept.get(keyId) ?? newKey();
    kept.set(keyId, pem);
    registry.signingKeys.push({ arn, keyId, logicalId, privateKey: createPrivateKey(pem) });
  }
  return { ref: keyId, attributes: { Arn: arn, KeyId: keyId } };
};
