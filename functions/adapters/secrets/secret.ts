import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * How long a warm function goes on with a secret before it asks again: rotation takes effect then.
 */
const KEPT_MILLISECONDS = 300_000;

/** Reads a secret when it is first needed and keeps it for five minutes. */
export const secret = (client: SecretsManagerClient, SecretId: string, now: () => number) => {
  let kept: Readonly<{ value: string; until: number }> | null = null;
  return async (): Promise<string> => {
    if (kept !== null && kept.until > now()) return kept.value;
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (SecretString === undefined || SecretString === '') {
      throw new Error('the secret is empty: generate it again');
    }
    kept = { value: SecretString, until: now() + KEPT_MILLISECONDS };
    return SecretString;
  };
};
export type ReadSecret = ReturnType<typeof secret>;
