import { afterAll, beforeAll } from 'vitest';
import { type WearerRef, wearerIdSchema } from '#domain/model/ids.ts';
import { WEARER } from '#test/support/supervisions.ts';
import type { Store } from './stores.ts';

/** A store that is started before a block's tests and stopped after; wearers with nothing yet. */
export const useStore = (start: () => Promise<Store>) => {
  let started: Store | null = null;
  let made = 0;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started?.stop());

  const store = (): Store => {
    if (started === null) throw new Error('the store has not been started');
    return started;
  };
  const aWearer = (): WearerRef => {
    made += 1;
    return { ...WEARER, wearerId: wearerIdSchema.parse(`w-${made}`) };
  };
  return { store, aWearer };
};
