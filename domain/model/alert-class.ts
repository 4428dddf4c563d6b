import * as z from 'zod';
import { conditionKindSchema } from './order.ts';

/**
 * What an alert is about: the kind of condition; a concern for the wearer's own welfare; a transfer
 * to a liaison that nobody there has accepted; or something that people here have left undone.
 */
export const alertClassSchema = z.enum([
  ...conditionKindSchema.options,
  ...(['welfare', 'transfer', 'casework'] as const),
]);
export type AlertClass = z.infer<typeof alertClassSchema>;

/** What people here do or leave undone among themselves is no word of any contract. */
export const contractClassSchema = alertClassSchema.exclude(['casework']);
export type ContractClass = z.infer<typeof contractClassSchema>;

/** Whether an alert is for people here alone: no liaison may hear of it, whatever is decided. */
export const isForPeopleAlone = (kind: AlertClass): boolean =>
  kind === 'transfer' || kind === 'casework';
