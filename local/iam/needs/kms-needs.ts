import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import type { NeedsRow, NeedsTable, Surroundings } from './need.ts';

const keySchema = z.looseObject({ KeyId: z.string() });
const signSchema = keySchema.extend({ SigningAlgorithm: z.string() });

const keyArn = (idOrArn: string, { place }: Surroundings): string =>
  idOrArn.startsWith('arn:') ? idOrArn : arnOf(place, 'kms', `key/${idOrArn}`);

const sign: NeedsRow = ({ input }, surroundings) => {
  const { KeyId, SigningAlgorithm } = signSchema.parse(input);
  const context = { 'kms:SigningAlgorithm': SigningAlgorithm };
  return [{ action: 'kms:Sign', resource: keyArn(KeyId, surroundings), context }];
};

const getPublicKey: NeedsRow = ({ input }, surroundings) => {
  const resource = keyArn(keySchema.parse(input).KeyId, surroundings);
  return [{ action: 'kms:GetPublicKey', resource }];
};

/**
 * What calls of KMS itself need. What services do with a key in their caller's name stands with
 * the rows of those services.
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export const KMS_NEEDS: NeedsTable = { GetPublicKey: getPublicKey, Sign: sign };
