import { CASEWORK } from './casework.ts';
import { DECISIONS } from './decisions.ts';
import { ELSEWHERE } from './elsewhere.ts';
import { ERASURE } from './erasure.ts';
import { FEEDS } from './feeds.ts';
import type { Guard } from './guard.ts';
import { PUT_OFF } from './put-off.ts';
import { REPORTS } from './reports.ts';
import { TRANSFERS } from './transfers.ts';
import { WAYS } from './ways.ts';
import { WRITES } from './writes.ts';

/** Every guard of the code. A text that is not found there is an error. */
export const GUARDS: readonly Guard[] = [
  ...WRITES,
  ...ELSEWHERE,
  ...DECISIONS,
  ...WAYS,
  ...PUT_OFF,
  ...TRANSFERS,
  ...FEEDS,
  ...CASEWORK,
  ...ERASURE,
  ...REPORTS,
];
