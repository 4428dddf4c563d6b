import * as z from 'zod';
import type { DeviceStatus } from './device-event.ts';

/** What a device says of itself, a word for each thing that it does say. */
export const deviceFactSchema = z.enum([
  'strap closed',
  'strap open',
  'case closed',
  'case open',
  'home unit in place',
  'home unit moved',
  'moving',
  'still',
  'reception clear',
  'reception jammed',
  'reception shielded',
  'battery good',
  'battery low',
  'battery critical',
  'charging',
  'not charging',
]);
export type DeviceFact = z.infer<typeof deviceFactSchema>;

/** All that a status says; nothing of what it leaves open. */
export const factsOf = (status: DeviceStatus): DeviceFact[] => {
  const { strap, case: caseIs, homeUnitPlace, motion, reception, battery, charging } = status;
  return [
    ...(strap === 'unknown' ? [] : [`strap ${strap}` as const]),
    ...(caseIs === 'unknown' ? [] : [`case ${caseIs}` as const]),
    ...(homeUnitPlace === 'moved' ? ['home unit moved' as const] : []),
    ...(homeUnitPlace === 'in-place' ? ['home unit in place' as const] : []),
    ...(motion === 'unknown' ? [] : [motion]),
    ...(reception === 'unknown' ? [] : [`reception ${reception}` as const]),
    ...(battery === 'unknown' ? [] : [`battery ${battery}` as const]),
    ...(charging === null ? [] : [charging ? ('charging' as const) : ('not charging' as const)]),
  ];
};
