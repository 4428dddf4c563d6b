import { Construct } from 'constructs';
import { callEachMinute } from '../constructs/each-minute.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import type { Part } from '../foundation.ts';

/** As the domain calls the wearer of test alerts: nobody else's items may the canary write. */
const TEST_WEARER = 'homeward-canary';

/** Raises test alerts from end to end, and says when one has not come back. */
export class CanaryStage extends Construct {
  readonly function: PipelineFunction;

  constructor(
    scope: Construct,
    id: string,
    part: Part<'tables' | 'dutyManager' | 'canaryReturn' | 'door'>,
  ) {
    super(scope, id);
    const { config, keys, tables, dutyManager, canaryReturn, door } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'canary',
      description: 'Raises test alerts from end to end and says when one has not come back',
      environment: {
        AGENCY: config.agency,
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        VIGIL_TABLE: tables.vigil.tableName,
        DUTY_MANAGER_TOPIC_ARN: dutyManager.topicArn,
        PUBLIC_URL: door.url,
        EVERY_SECONDS: String(60 * config.canaryEveryMinutes),
      },
    });
    feedFromQueue(this.function, canaryReturn.pages);
    // The test wearer's documents and token, and test alerts, which it closes.
    const { agency } = config;
    const wearer = `${agency}#WEARER#${TEST_WEARER}`;
    const shared = ['POLICY', 'ACTIVATION', 'TOKEN'].map(
      (kind) => `${agency}#${kind}#${TEST_WEARER}`,
    );
    const testAlerts = `${agency}#ALERT#${TEST_WEARER}.*`;
    tables.monitoring.allowReading(this.function, 'GetItem');
    const partitions = [wearer, ...shared, testAlerts];
    tables.monitoring.allowWritingOf(this.function, partitions, 'PutItem');
    tables.record.allowWritingOf(this.function, [wearer], 'PutItem');
    tables.vigil.allowReading(this.function, 'GetItem');
    tables.vigil.allowWriting(this.function, 'PutItem');
    dutyManager.allowPublishing(this.function);
    callEachMinute(this, this.function, 'Raises test alerts and looks for those that are out');
  }
}
