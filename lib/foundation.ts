import type { Config } from './config.ts';
import type { AnchorKey } from './constructs/anchor-key.ts';
import type { CanaryReturn } from './constructs/canary-return.ts';
import type { EncryptionKeys } from './constructs/encryption-keys.ts';
import type { GeneratedSecret } from './constructs/generated-secret.ts';
import type { HttpDoor } from './constructs/http-door.ts';
import type { LiaisonFeeds } from './constructs/liaison-feeds.ts';
import type { LockedBucket } from './constructs/locked-bucket.ts';
import type { MonitoringTables } from './constructs/monitoring-tables.ts';
import type { PipelineQueues } from './constructs/pipeline-queues.ts';
import type { QueueSchedules } from './constructs/queue-schedules.ts';
import type { ReportBucket } from './constructs/report-bucket.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import type { TrailBucket } from './constructs/trail-bucket.ts';

/** What the stages stand on. Each stage's type says which part of it that stage needs. */
export type Foundation = {
  readonly config: Config;
  readonly keys: EncryptionKeys;
  readonly tables: MonitoringTables;
  readonly trailBucket: TrailBucket;
  /** Signed roots over the chains of the record. */
  readonly anchorBucket: LockedBucket;
  /** Stretches of the record's chains. */
  readonly recordArchive: LockedBucket;
  readonly anchorKey: AnchorKey;
  readonly reportBucket: ReportBucket;
  readonly queues: PipelineQueues;
  readonly feeds: LiaisonFeeds;
  /** To the agency's duty manager. */
  readonly dutyManager: SecureTopic;
  /** Where test alerts come back to the canary. */
  readonly canaryReturn: CanaryReturn;
  readonly schedules: QueueSchedules;
  readonly door: HttpDoor;
  readonly linkSecret: GeneratedSecret;
  /** Makes the ids of what leaves for liaisons, and the keys that sign it. */
  readonly feedSecret: GeneratedSecret;
  readonly administratorToken: GeneratedSecret;
};

export type Part<Name extends keyof Foundation> = Pick<Foundation, 'config' | 'keys' | Name>;
