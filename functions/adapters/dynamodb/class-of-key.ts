import type { DataClass } from '#domain/retention/data-class.ts';
import { ERASED } from './retention-keys.ts';

type Prefixes = readonly (readonly [prefix: string, dataClass: DataClass])[];

/** What lies in a wearer's partition of the monitoring table, by what its key begins with. */
const OF_DOCUMENTS: Prefixes = [
  ['VIOLATION#', 'found'],
  ['RAISED#', 'found'],
  ['BREACH#', 'found'],
  ['WELFARE#', 'concerns'],
  ['NUDGE#', 'texts'],
  ['MESSAGE#', 'texts'],
  ['UNREAD_MESSAGES', 'texts'],
  ['REPORT#', 'reports'],
  ['TASK#', 'decisions'],
  ['WEARER_DECISION#', 'decisions'],
  ['WRITTEN_NOTE', 'decisions'],
  ['PLAN', 'plans'],
  ['RISK_ASSESSMENT', 'plans'],
  ['PAROLE_REPORT#', 'plans'],
  ['SUPERVISION_LEVEL', 'plans'],
  ['WEARER', 'wearer'],
  ['ORDER#', 'wearer'],
  ['ACTIVATION#', 'wearer'],
  ['LIFTED#', 'wearer'],
  ['LEARNED', 'wearer'],
  ['MEMBER_OF#', 'wearer'],
  ['PAIR', 'wearer'],
  ['HOME_VISIT#', 'wearer'],
  ['PARKED#', 'wearer'],
  ['RETENTION_HOLD#', 'wearer'],
];

/** What an entry of a wearer's record tells of, by what its name begins with after its instant. */
const OF_ENTRIES: Prefixes = [
  ['DISCLOSE#', 'disclosures'],
  ['TRANSFER#', 'disclosures'],
  ['EXPORTED#', 'disclosures'],
  ['CONCERN#', 'concerns'],
  ['TEXTS#', 'texts'],
  ['REPORT#', 'reports'],
  ['TASK#', 'decisions'],
  ['DECISION#', 'decisions'],
  ['NOTE#', 'decisions'],
  ['PLAN', 'plans'],
  ['ASSESSMENT', 'plans'],
  ['PAROLE_REPORT#', 'plans'],
  ['LEVEL#', 'plans'],
];

const find = (prefixes: Prefixes, name: string): DataClass | null =>
  prefixes.find(([prefix]) => name.startsWith(prefix))?.[1] ?? null;

/**
 * The class of a document, an earlier version of one, or what waited to be sent of it; null: no key
 * of ours, which stays.
 */
export const classOfDocument = (sk: string): DataClass | null =>
  find(OF_DOCUMENTS, sk.replace(/^(VERSION|OUTBOX)#/, ''));

/** The class of an entry of a wearer's record; null: it says what was erased, and stays. */
export const classOfEntry = (sk: string): DataClass | null => {
  if (sk.startsWith('ASIDE#')) return 'trail';
  const name = sk.slice(sk.indexOf('#') + 1);
  return name.startsWith(`${ERASED}#`) ? null : (find(OF_ENTRIES, name) ?? 'record');
};
