import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allowCreatingContactTopics, contactTopicPrefix } from '../constructs/contact-topics.ts';
import { channelEnvironment } from '../constructs/person-channels.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';

type Needed = Part<
  'tables' | 'trailBucket' | 'reportBucket' | 'queues' | 'schedules' | 'linkSecret' | 'feedSecret'
>;

/** People's side: orders, zones and rotas go in; alerts are read, acknowledged and closed. */
export class ApiStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Needed) {
    super(scope, id);
    const { config, keys, tables, trailBucket, reportBucket, queues, schedules } = part;
    const { linkSecret, feedSecret } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'api',
      description: 'Answers people over HTTP: alerts, wearers, orders, zones, rotas',
      environment: {
        AGENCY: config.agency,
        STATE_TABLE: tables.state.tableName,
        MONITORING_TABLE: tables.monitoring.tableName,
        TRAIL_TABLE: tables.trail.tableName,
        TRAIL_BUCKET: trailBucket.bucketName,
        RECORD_TABLE: tables.record.tableName,
        CHAIN_TABLE: tables.chain.tableName,
        REPORT_BUCKET: reportBucket.bucketName,
        REPORTS_QUEUE_URL: queues.reports.queue.queueUrl,
        EVENTS_QUEUE_URL: queues.events.queue.queueUrl,
        DELIVERIES_QUEUE_URL: queues.deliveries.queue.queueUrl,
        DEADLINES_QUEUE_URL: queues.deadlines.queue.queueUrl,
        DEADLINES_QUEUE_ARN: queues.deadlines.queue.queueArn,
        ...schedules.environmentFor(queues.deadlines),
        CONTACT_TOPIC_PREFIX: contactTopicPrefix(config),
        LINK_SECRET_ARN: linkSecret.arn,
        FEED_SECRET_ARN: feedSecret.arn,
        ...channelEnvironment(config),
        FORCES: config.forces.join(','),
        ...(config.partners.length > 0 && { PARTNERS: config.partners.join(',') }),
        ...(config.orderedForces.length > 0 && { ORDERED_FORCES: config.orderedForces.join(',') }),
        FALSE_CALL_BUDGET: String(config.falseCallBudget),
        // What is tried through links is counted, as what tokens send is.
        ALLOWANCE_TABLE: tables.allowance.tableName,
      },
    });
    this.#allow(part);
  }

  #allow(part: Needed): void {
    const { config, tables, trailBucket, reportBucket, queues, schedules } = part;
    const { linkSecret, feedSecret } = part;
    tables.state.allowReading(this.function, 'BatchGetItem');
    tables.state.allowQueryingIndex(this.function, 'due');
    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'GetItem', 'Query');
    tables.monitoring.allowQueryingIndex(this.function, 'list');
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    tables.trail.allowReading(this.function, 'Query');
    trailBucket.allowReading(this.function);
    // What another system said of a wearer is kept beside the trail, and never in its place.
    trailBucket.allowImporting(this.function);
    // How alerts stood at an instant is read from what happened to them until then.
    tables.record.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.record.allowWriting(this.function, 'PutItem');
    // A wearer's chain goes out with its anchors, and with what its links commit to.
    tables.chain.allowReading(this.function, 'BatchGetItem', 'Query');

    // Whoever follows a link to a report has the rights of whoever signed it.
    reportBucket.allowReading(this.function);
    queues.events.allowSending(this.function);
    queues.reports.allowSending(this.function);
    queues.deliveries.allowSending(this.function);
    queues.deadlines.allowSending(this.function);
    schedules.allowCreating(this.function, queues.deadlines);
    tables.allowance.allowWriting(this.function, 'UpdateItem');
    // The codes that verify contacts follow from it, and are kept nowhere.
    linkSecret.allowReading(this.function);
    // What signs feeds has public keys, which recipients fetch.
    feedSecret.allowReading(this.function);
    allowCreatingContactTopics({ grantee: this.function, stack: Stack.of(this), config });
  }
}
