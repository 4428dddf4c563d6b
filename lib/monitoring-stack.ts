import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { acknowledgeWildcards } from './constructs/acknowledge-wildcards.ts';
import { AnchorKey } from './constructs/anchor-key.ts';
import { CanaryReturn } from './constructs/canary-return.ts';
import { createKeys, type EncryptionKeys } from './constructs/encryption-keys.ts';
import { GeneratedSecret } from './constructs/generated-secret.ts';
import { HttpDoor } from './constructs/http-door.ts';
import { createDutyManagerTopic } from './constructs/last-resort-topic.ts';
import { LiaisonFeeds } from './constructs/liaison-feeds.ts';
import { anchorBucket, LockedBucket, recordArchive } from './constructs/locked-bucket.ts';
import { createTables } from './constructs/monitoring-tables.ts';
import { createOperationsTopic } from './constructs/operations-topic.ts';
import { createQueues } from './constructs/pipeline-queues.ts';
import { QueueSchedules } from './constructs/queue-schedules.ts';
import { ReportBucket } from './constructs/report-bucket.ts';
import { TrailBucket } from './constructs/trail-bucket.ts';
import type { Foundation } from './foundation.ts';
import { LiaisonAlarms } from './liaison-alarms.ts';
import { LimitAlarms } from './limit-alarms.ts';
import { MonitoringAlarms } from './monitoring-alarms.ts';
import { RecordAlarms } from './record-alarms.ts';
import { writeOutputs } from './stack-outputs.ts';
import { ApiStage } from './stages/api-stage.ts';
import { ArchiveStage } from './stages/archive-stage.ts';
import { AuditStage } from './stages/audit-stage.ts';
import { AuthorizeStage } from './stages/authorize-stage.ts';
import { CanaryStage } from './stages/canary-stage.ts';
import { DeliverStage } from './stages/deliver-stage.ts';
import { EraseStage } from './stages/erase-stage.ts';
import { EscalateStage } from './stages/escalate-stage.ts';
import { EvaluateStage } from './stages/evaluate-stage.ts';
import { IngestStage } from './stages/ingest-stage.ts';
import { NotifyStage } from './stages/notify-stage.ts';
import { ReplyStage } from './stages/reply-stage.ts';
import { ReportStage } from './stages/report-stage.ts';
import { SealStage } from './stages/seal-stage.ts';
import { SweepStage } from './stages/sweep-stage.ts';

/** The whole of Homeward for one agency, in the order in which an event passes through it. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, {
      stackName: `homeward-${config.agency}`,
      description: `Homeward: monitoring and alerting for ${config.agency}`,
      terminationProtection: config.onDelete === 'retain',
    });

    const keys = createKeys(this, config);
    const tables = createTables(this, config, keys);
    const queues = createQueues(this, keys);
    const operations = createOperationsTopic(this, config, keys);
    const feeds = new LiaisonFeeds(this, 'Feeds', { config, keys });
    const dutyManager = createDutyManagerTopic(this, config, keys);
    const foundation: Foundation = {
      config,
      keys,
      tables,
      trailBucket: new TrailBucket(this, 'TrailBucket', { config, key: keys.tracks }),
      anchorBucket: this.#locked(anchorBucket, config, keys),
      recordArchive: this.#locked(recordArchive, config, keys),
      anchorKey: new AnchorKey(this, 'AnchorKey', config),
      reportBucket: new ReportBucket(this, 'ReportBucket', { config, key: keys.cases }),
      queues,
      feeds,
      dutyManager,
      canaryReturn: new CanaryReturn(this, 'CanaryReturn', { config, keys }),
      schedules: new QueueSchedules(this, 'Schedules', config),
      door: new HttpDoor(this, 'Door', { config, keys }),
      ...this.#secrets(config, keys),
    };

    const ingest = new IngestStage(this, 'Ingest', foundation);
    new EvaluateStage(this, 'Evaluate', foundation);
    new EscalateStage(this, 'Escalate', foundation);
    new NotifyStage(this, 'Notify', foundation);
    new DeliverStage(this, 'Deliver', foundation);
    const { texts } = new ReplyStage(this, 'Reply', foundation);
    new SweepStage(this, 'Sweep', foundation);
    new ArchiveStage(this, 'Archive', foundation);
    new SealStage(this, 'Seal', foundation);
    new EraseStage(this, 'Erase', foundation);
    new ReportStage(this, 'Report', foundation);
    new AuditStage(this, 'Audit', foundation);
    new CanaryStage(this, 'Canary', foundation);

    const authorize = new AuthorizeStage(this, 'Authorize', foundation);
    const api = new ApiStage(this, 'Api', foundation);
    foundation.door.open({
      authorize: authorize.function,
      ingest: ingest.function,
      api: api.function,
    });

    acknowledgeWildcards(this, config);
    new MonitoringAlarms(this, 'Alarms', operations);
    new LiaisonAlarms(this, 'LiaisonAlarms', operations);
    new RecordAlarms(this, 'RecordAlarms', operations);
    new LimitAlarms(this, 'Limits', { ...foundation, operations });
    writeOutputs(this, { ...foundation, operations, texts });
  }

  #locked(
    logicalId: typeof anchorBucket | typeof recordArchive,
    config: Config,
    { audit: key }: EncryptionKeys,
  ): LockedBucket {
    return new LockedBucket(this, logicalId, { config, key, logicalId });
  }

  #secrets(config: Config, { cases: key }: EncryptionKeys) {
    const secret = (id: string, description: string): GeneratedSecret =>
      new GeneratedSecret(this, id, { config, key, description });
    return {
      linkSecret: secret('LinkSecret', 'Makes the tokens of acknowledgement links'),
      feedSecret: secret(
        'FeedSecret',
        'Makes the ids of what leaves for liaisons, and the keys that sign it',
      ),
      administratorToken: secret(
        'AdministratorToken',
        'The first token of an agency: it creates the others',
      ),
    };
  }
}
