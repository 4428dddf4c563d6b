import type { WearerRef } from '#domain/model/ids.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Parking } from '../adapters/dynamodb/parking.ts';
import type { LoadTimeline } from '../adapters/dynamodb/supervisions.ts';
import type { Trail } from '../adapters/dynamodb/trail.ts';
import type { LoadMarks } from '../adapters/dynamodb/violations.ts';
import type { WearerStates } from '../adapters/dynamodb/wearer-states.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { ArmTimer } from '../adapters/scheduler/arm-timer.ts';
import type { Effects } from './effects.ts';
import type { AskToLearn } from './learn.ts';
import type { SupervisionCache } from './supervision-cache.ts';
import type { TellPairsDeps } from './tell-pairs.ts';

export type EvaluateDeps = Readonly<{
  now: Clock;
  states: WearerStates;
  /** What is in force since the current slice began: as a rule it is remembered. */
  supervisions: SupervisionCache;
  /** What was in force longer ago. */
  loadTimeline: LoadTimeline;
  effectsOf: Effects;
  trail: Pick<Trail, 'slicesFrom' | 'lateFrom'>;
  /** What is on record of a wearer's violations. */
  loadMarks: LoadMarks;
  armTimer: ArmTimer;
  parking: Parking;
  /** Puts a message that nobody can read where somebody will look at it. */
  parkMessage: (body: string) => Promise<void>;
  telemetry: Telemetry;
  /** Learns a wearer's places, where it is due. */
  learn: (wearer: WearerRef) => Promise<void>;
  askToLearn: AskToLearn;
  /** Where the pairs of a wearer are told of them. */
  toPairs: TellPairsDeps;
}>;
