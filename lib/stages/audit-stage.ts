import { Construct } from 'constructs';
import { callEachMinute } from '../constructs/each-minute.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';
import { thresholds } from '../thresholds.ts';

/**
 * Looks each minute at what must hold whatever else fails. It shares no timer, no queue and no
 * stream with what it watches, may change nothing there, and tells the duty manager by itself.
 */
export class AuditStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'dutyManager'>) {
    super(scope, id);
    const { config, keys, tables, dutyManager } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'audit',
      description: 'Checks each minute that nothing is late or lost, and says when something is',
      environment: {
        AGENCY: config.agency,
        STATE_TABLE: tables.state.tableName,
        MONITORING_TABLE: tables.monitoring.tableName,
        VIGIL_TABLE: tables.vigil.tableName,
        DUTY_MANAGER_TOPIC_ARN: dutyManager.topicArn,
        FEED_LATE_AFTER_SECONDS: String(thresholds.feedLateAfterSeconds),
      },
    });
    tables.state.allowQueryingIndex(this.function, 'due');
    tables.monitoring.allowQueryingIndex(this.function, 'due');
    tables.monitoring.allowQueryingIndex(this.function, 'list');
    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.vigil.allowReading(this.function, 'GetItem');
    tables.vigil.allowWriting(this.function, 'PutItem');
    dutyManager.allowPublishing(this.function);
    callEachMinute(this, this.function, 'Looks whether anything is late or lost');
  }
}
