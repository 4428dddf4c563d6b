import { type PersonId, personIdSchema, type WearerId, wearerIdSchema } from './ids.ts';

/** Whose alerts are test alerts, all of them: the canary raises them, and nobody else may. */
export const TEST_WEARER: WearerId = wearerIdSchema.parse('homeward-canary');

/** By whom the canary closes them. There is no such person on record. */
export const CANARY: PersonId = personIdSchema.parse('homeward-canary');
