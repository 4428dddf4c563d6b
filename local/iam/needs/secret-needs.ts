import * as z from 'zod';
import { keyNeeds, type NeedsRow, type NeedsTable } from './need.ts';

const secretSchema = z.looseObject({ SecretId: z.string() });

/**
 * To read a secret under a key of one's own, one needs to decrypt with it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const read: NeedsRow = ({ input }, surroundings) => {
  const { SecretId: resource } = secretSchema.parse(input);
  return [
    { action: 'secretsmanager:GetSecretValue', resource },
    ...keyNeeds(
      {
        of: resource,
        through: 'secretsmanager',
        actions: ['kms:Decrypt'],
        encryptionContext: { SecretARN: resource },
      },
      surroundings,
    ),
  ];
};

/** What calls of Secrets Manager need. */
export const SECRET_NEEDS: NeedsTable = { GetSecretValue: read };
