import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type PublicJwk, type SigningKey, signingKeyFrom } from './signing-key.ts';

/** How long a warm function goes on with the keys that it has: as with any secret. */
const KEPT_MILLISECONDS = 300_000;

/** The versions of a secret, by the names that Secrets Manager moves while it rotates. */
type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING';

export type KeyRing = Readonly<{
  /** What new messages are signed with. */
  current: SigningKey;
  /** All that receivers may meet: what was before, what is, and what is about to be. */
  published: readonly PublicJwk[];
}>;

/**
 * The keys that sign our messages, each from a version of the secret of feeds. A rotation overlaps:
 * what is to come is published before anything is signed with it, and what was goes on verifying.
 */
export const keyRing = (client: SecretsManagerClient, SecretId: string, now: () => number) => {
  let kept: Readonly<{ ring: KeyRing; until: number }> | null = null;

  const keyOf = async (VersionStage: Stage): Promise<SigningKey | null> => {
    try {
      const command = new GetSecretValueCommand({ SecretId, VersionStage });
      const { SecretString } = await client.send(command);
      return SecretString === undefined ? null : signingKeyFrom(SecretString);
    } catch (error) {
      // Record: a secret that was never rotated has no version before, and none to come.
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  };

  return async (): Promise<KeyRing> => {
    if (kept !== null && kept.until > now()) return kept.ring;
    const [current, previous, pending] = await Promise.all(
      (['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING'] as const).map(keyOf),
    );
    if (current === null || current === undefined) {
      throw new Error('the secret of feeds is empty: generate it again');
    }
    const all = [current, previous, pending].flatMap((key) => (key ? [key.publicJwk] : []));
    const published = [...new Map(all.map((jwk) => [jwk.kid, jwk])).values()];
    kept = { ring: { current, published }, until: now() + KEPT_MILLISECONDS };
    return kept.ring;
  };
};
export type LoadKeyRing = ReturnType<typeof keyRing>;
