import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { EncryptedTable } from './constructs/encrypted-table.ts';
import { HttpDoor } from './constructs/http-door.ts';
import { type Alarms, raiseAlarm, type Watch } from './constructs/raise-alarm.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import type { Part } from './foundation.ts';
import { apiLimits, awsLimits, nearPercent, thresholds } from './thresholds.ts';

const minute = Duration.minutes(1);
const hour = Duration.hours(1);
const day = Duration.days(1);

const share = (limit: number): number => (limit * nearPercent) / 100;

type Usage = {
  readonly service: string;
  readonly resource: string;
  readonly type: 'API' | 'Resource';
  readonly period: Duration;
};

const concurrency: Usage = {
  service: 'Lambda',
  resource: 'ConcurrentExecutions',
  type: 'Resource',
  period: minute,
};
/** Those of people with e-mail addresses, which stay when a person leaves. */
const topics: Usage = {
  service: 'SNS',
  resource: 'ApproximateNumberOfTopics',
  type: 'Resource',
  period: hour,
};
const keyUse: Usage = {
  service: 'KMS',
  resource: 'CryptographicOperationsSymmetric',
  type: 'API',
  period: minute,
};

/**
 * How much of an account's quota is used, in per cent of the quota as it stands then.
 * https://docs.aws.amazon.com/servicequotas/latest/userguide/configure-cloudwatch.html
 */
const quotaUsed = ({ service, resource, type, period }: Usage): MathExpression => {
  const used = new Metric({
    namespace: 'AWS/Usage',
    metricName: type === 'API' ? 'CallCount' : 'ResourceCount',
    dimensionsMap: { Service: service, Type: type, Resource: resource, Class: 'None' },
    statistic: type === 'API' ? Stats.SUM : Stats.MAXIMUM,
    period,
  });
  return new MathExpression({
    expression: 'used / SERVICE_QUOTA(used) * 100',
    usingMetrics: { used },
    period,
  });
};

export type LimitAlarmsProps = Part<'queues' | 'tables'> & { readonly operations: SecureTopic };

/**
 * Alarms for what runs full before anything fails: AWS's limits, partitions, queues, item sizes,
 * and days that wait for the archive. What they mean and what to do: docs/runbooks/alarms.md.
 */
export class LimitAlarms extends Construct {
  readonly #alarms: Alarms;

  constructor(scope: Construct, id: string, props: LimitAlarmsProps) {
    super(scope, id);
    this.#alarms = { scope: this, tells: new SnsAction(props.operations) };
    for (const watched of Stack.of(this).node.findAll()) {
      if (watched instanceof EncryptedTable) this.#watchTable(watched);
      if (watched instanceof HttpDoor) this.#watchDoor(watched);
    }
    this.#watchStateWrites(props);
    this.#watchEvents(props);
    this.#watchAccount();
    this.#watchTextMessages(props.config);
    this.#watchSizes();
    this.#watchHours();
    this.#watchArchive();
    this.#watchErasing();
  }

  /** Throttled calls come again, so a few are no harm; many that go on hold everything up. */
  #watchTable(table: EncryptedTable): void {
    const metrics = table.throttleMetrics(minute);
    const names = metrics.map((_, i) => `m${i}`);
    this.#raise(table, 'Throttled', {
      metric: new MathExpression({
        expression: names.map((name) => `FILL(${name}, 0)`).join(' + '),
        usingMetrics: Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric])),
        period: minute,
      }),
      above: thresholds.throttledPerMinute,
      periods: { above: 3, of: 5 },
      says: 'A table or an index refuses calls: capacity, a hot partition, or the account.',
    });
    for (const index of table.indexes) {
      this.#raise(table, `${capitalized(index.name)}Busy`, {
        metric: table.indexWrites(index.name, minute),
        above: share(index.partitions * awsLimits.partitionWritesPerSecond * 60),
        periods: { above: 3, of: 5 },
        says: `The partitions of the index ${index.name} near what one partition can write.`,
      });
    }
  }

  /** The state table has the most writes: one a message. */
  #watchStateWrites({ tables }: LimitAlarmsProps): void {
    this.#raise(this, 'StateWrites', {
      metric: tables.state.metricConsumedWriteCapacityUnits({ period: minute }),
      above: share(awsLimits.tableUnitsPerSecond * 60),
      periods: { above: 3, of: 5 },
      says: "The state table nears the writes that the account's quota lets one table have.",
    });
  }

  #watchDoor({ api }: HttpDoor): void {
    this.#raise(api, 'Busy', {
      metric: api.metricCount({ period: minute, statistic: Stats.SUM }),
      above: share(apiLimits.requestsPerSecond * 60),
      periods: { above: 3, of: 5 },
      says: 'Requests near the limit of the API, from which on it answers 429.',
    });
  }

  #watchEvents({ queues }: LimitAlarmsProps): void {
    const { queue } = queues.events;
    this.#raise(this, 'EventsDepth', {
      metric: queue.metricApproximateNumberOfMessagesVisible({
        period: minute,
        statistic: Stats.MAXIMUM,
      }),
      above: thresholds.eventsWaiting,
      says: 'Events come faster than they are evaluated: a backlog is building up.',
    });
    this.#raise(this, 'EventsInFlight', {
      metric: queue.metricApproximateNumberOfMessagesNotVisible({
        period: minute,
        statistic: Stats.MAXIMUM,
      }),
      above: share(awsLimits.messagesInFlight),
      says: 'The events queue nears the messages that it may have in flight: evaluation fails.',
    });
  }

  #watchAccount(): void {
    this.#raise(this, 'Concurrency', {
      metric: quotaUsed(concurrency),
      above: nearPercent,
      periods: { above: 3, of: 5 },
      says: 'The account nears the sandboxes that it may run at once: ask for more.',
    });
    this.#raise(this, 'KeyUse', {
      metric: quotaUsed(keyUse),
      above: nearPercent,
      periods: { above: 3, of: 5 },
      says: 'The account nears the calls that KMS takes a second: tables and queues hang on them.',
    });
    this.#raise(this, 'Topics', {
      metric: quotaUsed(topics),
      above: nearPercent,
      says: 'The account nears its number of topics: soon nobody new can get e-mail.',
    });
  }

  /** At its monthly limit SNS stops sending text messages, and accepts pages all the same. */
  #watchTextMessages(config: Config): void {
    this.#raise(this, 'TextMessageSpend', {
      metric: new Metric({
        namespace: 'AWS/SNS',
        metricName: 'SMSMonthToDateSpentUSD',
        statistic: Stats.MAXIMUM,
        period: hour,
      }),
      above: share(config.textMessageLimitDollars),
      says: 'Text messages near the monthly limit, at which SNS drops them: have it raised now.',
    });
  }

  #watchSizes(): void {
    this.#raise(this, 'LargeState', {
      metric: reported('evaluate', 'largeStateBytes', minute),
      above: thresholds.stateBytes,
      says: "A wearer's state is a hundred times its usual size: it grows towards DynamoDB's 400 KB.",
    });
  }

  /** What was compiled ends some day, and nothing is violated after that. */
  #watchHours(): void {
    this.#raise(this, 'HoursEndSoon', {
      metric: reported('evaluate', 'hoursEndSoon', hour),
      above: 0,
      says: 'The compiled hours of a timetable end within half a year: put it again.',
    });
  }

  #watchArchive(): void {
    this.#raise(this, 'ArchiveBehind', {
      metric: reported('archive', 'archiveOverdueDays', hour),
      above: thresholds.archiveOverdueDays,
      periods: { above: 3, of: 3 },
      missingData: TreatMissingData.BREACHING,
      says: 'Days of the trail wait for the archive, or it has stopped: nothing is lost yet.',
    });
  }

  #watchErasing(): void {
    this.#raise(this, 'ErasingFails', {
      metric: reported('erase', 'eraseFailures', day),
      above: 0,
      missingData: TreatMissingData.BREACHING,
      says: 'What retention lets go could not be erased of somebody, or erasing has stopped.',
    });
    this.#raise(this, 'ErasingKnowsNot', {
      metric: reported('erase', 'eraseUnknown', day),
      above: 0,
      says: 'Items of no known class, or not sealed, are held of somebody whose time is over.',
    });
  }

  #raise(watched: Construct, what: string, watch: Watch): void {
    raiseAlarm(this.#alarms, [watched, what], watch);
  }
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const reported = (
  service: 'evaluate' | 'archive' | 'erase',
  metricName: string,
  period: Duration,
): Metric =>
  new Metric({
    namespace: 'Homeward',
    metricName,
    dimensionsMap: { service },
    statistic: Stats.MAXIMUM,
    period,
  });
