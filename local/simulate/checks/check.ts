import type { Page } from '#domain/model/alert.ts';
import type { Commit, SimulatedDynamoDb } from '../dynamodb/database.ts';
import type { Happened } from '../engine/weather.ts';
import type { Told } from '../world/deployed.ts';
import type { Said, Saying } from '../world/outside.ts';
import type { Act, Text } from '../world/people.ts';
import type { Plan } from '../world/plan.ts';
import type { Receipt } from '../world/receipts.ts';

/** A promise that was not kept. */
export type Problem = Readonly<{ promise: string; at: number; what: string }>;

/** What a check may look at, and where it says what it found. */
export type Watch = Readonly<{
  plan: Plan;
  now: () => number;
  db: SimulatedDynamoDb;
  /** Every fault that took place. */
  faults: readonly Happened[];
  /** What was measured of a page: how long after it was due it was told. */
  measure: (what: 'lateness', seconds: number) => void;
  count: (what: 'miss' | 'late' | 'double' | 'explained double') => void;
  /** Something that worlds should come across: the summary says how often they did. */
  saw: (what: string) => void;
  /** Whether its recipient's number was ever stopped. */
  canNeverReach: (page: Page) => boolean;
  /** Whether a text or a receipt was given up after its last try. */
  isGivenUp: (message: object) => boolean;
  report: (promise: string, what: string) => void;
}>;

/** Looks at everything that happens, as it happens. */
export type Check = Readonly<{
  onCommit?: (commit: Commit) => void;
  onTold?: (told: Told) => void;
  onAct?: (act: Act) => void;
  onText?: (text: Text, page: Page) => void;
  /** A liaison says something, and later what it was answered. */
  onSays?: (saying: Saying) => void;
  onSaid?: (said: Said) => void;
  onReceipt?: (receipt: Receipt, told: Told) => void;
  /** Long after the last fault. */
  atEnd?: () => void;
}>;

export type MakeCheck = (watch: Watch) => Check;
