import type { Objects } from '#functions/adapters/s3/objects.ts';

/** A bucket in memory, with S3's conditions. `fails` may throw before and after each call. */
export const fakeObjects = (fails: (moment: string) => void = () => undefined) => {
  const kept = new Map<string, { body: Uint8Array; etag: string }>();
  let version = 0;
  const objects: Objects = {
    get: async (key) => {
      fails(`before get ${key}`);
      return kept.get(key) ?? null;
    },
    put: async (key, body, replaces) => {
      fails(`before put ${key}`);
      if ((kept.get(key)?.etag ?? null) !== replaces) return 'conflict';
      version += 1;
      kept.set(key, { body, etag: `"${version}"` });
      fails(`after put ${key}`);
      return 'put';
    },
    holds: async (key, body) => {
      fails(`before holds ${key}`);
      return Buffer.from(kept.get(key)?.body ?? []).equals(body);
    },
  };
  return { objects, kept };
};
