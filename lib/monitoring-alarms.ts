import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { HttpDoor } from './constructs/http-door.ts';
import { PipelineFunction } from './constructs/pipeline-function.ts';
import { QueueWithDlq } from './constructs/queue-with-dlq.ts';
import { type Alarms, raiseAlarm, type Watch } from './constructs/raise-alarm.ts';
import { reported } from './constructs/reported.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import { StreamFeed } from './constructs/stream-feed.ts';
import { thresholds } from './thresholds.ts';

const period = Duration.minutes(1);

/**
 * An alarm for everything in the stack that can fail. It finds queues, functions and streams by
 * itself, so that a new one is watched from its first day.
 */
export class MonitoringAlarms extends Construct {
  readonly #alarms: Alarms;

  constructor(scope: Construct, id: string, operations: SecureTopic) {
    super(scope, id);
    this.#alarms = { scope: this, tells: new SnsAction(operations) };
    for (const watched of Stack.of(this).node.findAll()) {
      if (watched instanceof QueueWithDlq) this.#watchQueue(watched);
      if (watched instanceof DeadLetterQueue) this.#watchDeadLetters(watched);
      if (watched instanceof PipelineFunction) this.#watchFunction(watched);
      if (watched instanceof StreamFeed) this.#watchStream(watched);
      if (watched instanceof HttpDoor) this.#watchDoor(watched);
    }
    this.#watchIntake();
    this.#watchEvaluation();
    this.#watchAuditor();
    this.#watchCanary();
    this.#watchParked();
    this.#watchOutcomes();
    this.#watchCare();
    this.#watchFeeds();
    this.#watchBatches();
  }

  #watchQueue({ queue, alarmAgeSeconds }: QueueWithDlq): void {
    this.#alarm(queue, 'Age', {
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      above: alarmAgeSeconds,
      says: `A message has waited more than ${alarmAgeSeconds} s: nobody takes it from the queue.`,
    });
  }

  #watchDeadLetters(queue: DeadLetterQueue): void {
    this.#alarm(queue, 'Depth', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      above: thresholds.deadLetters,
      says: 'A message was given up and waits here: find out why, repair, redrive.',
    });
  }

  #watchFunction(watched: PipelineFunction): void {
    this.#alarm(watched, 'Errors', {
      metric: watched.metricErrors({ period, statistic: Stats.SUM }),
      above: thresholds.functionErrorsPerMinute,
      says: `${watched.verb} failed as a whole: see its log.`,
    });
    this.#alarm(watched, 'Throttles', {
      metric: watched.metricThrottles({ period, statistic: Stats.SUM }),
      above: thresholds.functionThrottlesPerMinute,
      says: `${watched.verb} was refused a sandbox: the account's concurrency is used up.`,
    });
  }

  #watchStream({ consumer }: StreamFeed): void {
    this.#alarm(consumer, 'StreamAge', {
      metric: consumer.metric('IteratorAge', { period, statistic: Stats.MAXIMUM }),
      above: thresholds.streamAgeMilliseconds,
      says: `${consumer.verb} is behind the table's stream: alerts or pages come late.`,
    });
  }

  #watchDoor({ api }: HttpDoor): void {
    this.#alarm(api, 'ServerErrors', {
      metric: api.metricServerError({ period, statistic: Stats.SUM }),
      above: thresholds.apiServerErrorsPerMinute,
      says: 'A request was answered with 5xx: see the access log, then the function behind it.',
    });
  }

  /** What is refused is answered to its sender; many refusals are a matter for us as well. */
  #watchIntake(): void {
    const count = (metricName: string) => reported('ingest', metricName, Stats.SUM);
    this.#alarm(this, 'EventsRefused', {
      metric: new MathExpression({
        expression: '100 * FILL(refused, 0) / (FILL(refused, 0) + FILL(accepted, 0))',
        usingMetrics: { refused: count('eventsRefused'), accepted: count('eventsAccepted') },
        period,
      }),
      above: thresholds.eventsRefusedPercent,
      periods: { above: 5, of: 5 },
      says: 'Many events are refused: see the metrics eventsRefused-<code>, and tell the head-end.',
    });
    this.#alarm(this, 'RequestsLimited', {
      metric: count('requestsLimited'),
      above: 0,
      periods: { above: 3, of: 5 },
      says: 'A token sends more than its limit: see the log of ingest for which, and ask its owner.',
    });
    this.#alarm(this, 'AllowanceNotCounted', {
      metric: count('allowanceCounterFailed'),
      above: 0,
      periods: { above: 3, of: 5 },
      says: 'Limits of tokens are not held: ingest cannot reach the allowance table. Events pass.',
    });
  }

  /** The sweep reports each minute how late the latest thing is; silence means that it is dead. */
  #watchEvaluation(): void {
    this.#alarm(this, 'EvaluationBehind', {
      metric: reported('sweep', 'overdueMaxSeconds', Stats.MAXIMUM),
      above: thresholds.overdueSeconds,
      periods: { above: 2, of: 3 },
      missingData: TreatMissingData.BREACHING,
      says: 'Deadlines pass unseen, or the sweep has stopped: people may be unsafe and unheard.',
    });
  }

  /** A heartbeat comes only of a look that found nothing: its absence is the alarm. */
  #watchAuditor(): void {
    this.#alarm(this, 'HeartbeatMissing', {
      metric: reported('audit', 'heartbeat', Stats.MAXIMUM),
      above: thresholds.heartbeat,
      periods: { above: 3, of: 3 },
      missingData: TreatMissingData.BREACHING,
      says: 'The auditor has found something wrong for three minutes, or does not look any more.',
    });
  }

  /** From the event to the page, on every way that a real alert goes; silence is the worst. */
  #watchCanary(): void {
    this.#alarm(this, 'TestAlertMissing', {
      metric: new Metric({
        namespace: 'Homeward',
        metricName: 'testAlertSeconds',
        dimensionsMap: { service: 'canary' },
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      above: thresholds.testAlertSeconds,
      missingData: TreatMissingData.BREACHING,
      says: 'No test alert has come back for five minutes, or one was late: alerts may not either.',
    });
  }

  /** Whoever is parked is watched by nobody until somebody has mended what is wrong. */
  #watchParked(): void {
    this.#alarm(this, 'WearersParked', {
      metric: reported('sweep', 'wearersParked', Stats.MAXIMUM),
      above: 0,
      says: 'A wearer cannot be evaluated and is parked: mend what the log of evaluate names, unpark.',
    });
  }

  /** What ended as it must not: each is on record, and somebody has to look. */
  #watchOutcomes(): void {
    this.#alarm(this, 'PagesFailed', {
      metric: reported('notify', 'pagesFailed', Stats.SUM),
      above: 0,
      says: 'A page can never be sent: see the reason on its row, and tell the person otherwise.',
    });
    this.#alarm(this, 'LinksRefused', {
      metric: reported('api', 'linksRefused', Stats.SUM),
      above: thresholds.linksRefusedPerMinute,
      periods: { above: 3, of: 5 },
      says: 'Many links that open nothing are tried: see the log of api for why.',
    });
    this.#alarm(this, 'RulesFailed', {
      metric: reported('evaluate', 'rulesFailed', Stats.SUM),
      above: 0,
      says: 'A rule threw: its condition is not watched. See the log of evaluate for the wearer.',
    });
    this.#alarm(this, 'LateEventsNotFolded', {
      metric: reported('evaluate', 'lateEventsNotFolded', Stats.SUM),
      above: 0,
      says: 'Late events are in the trail and were not evaluated: somebody has to read them.',
    });
  }

  /** What nobody is paged for, and what wearers and rules are the worse for. */
  #watchCare(): void {
    const nudges = (metricName: string) => reported('notify', metricName, Stats.SUM);
    this.#alarm(this, 'NudgesNotSent', {
      metric: new MathExpression({
        expression: '100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(sent, 0))',
        usingMetrics: { failed: nudges('nudgesNotSent'), sent: nudges('nudgesSent') },
        period,
      }),
      above: thresholds.nudgesNotSentPercent,
      periods: { above: 3, of: 5 },
      says: 'Wearers are not reminded of what they have to do: see the reasons in the log of notify.',
    });
    this.#alarm(this, 'PlacesNotLearned', {
      metric: reported('evaluate', 'placesNotLearned', Stats.SUM),
      above: 0,
      periods: { above: 3, of: 5 },
      says: 'What was learned of places is not kept: those wearers are judged by the usual scatter.',
    });
  }

  /** Counted once a day: devices of one batch are opened, or say so, more often than the others. */
  #watchBatches(): void {
    this.#alarm(this, 'BatchesOutOfLine', {
      metric: reported('sweep', 'batchesOutOfLine', Stats.MAXIMUM),
      above: 0,
      says: 'A batch of devices is tampered with out of line with the others: it may be the batch.',
    });
  }

  /** One alarm for all who fell silent with a feed; their own alerts wait, and say so. */
  #watchFeeds(): void {
    this.#alarm(this, 'FeedsLate', {
      metric: reported('sweep', 'feedsLate', Stats.MAXIMUM),
      above: 0,
      says: 'Nothing comes of a head-end: call its operator. Alerts of silent devices are held.',
    });
    this.#alarm(this, 'FeedsNotNoted', {
      metric: reported('ingest', 'feedsNotNoted', Stats.SUM),
      above: 0,
      periods: { above: 3, of: 5 },
      says: 'Feeds that are heard may seem late: ingest cannot write to the monitoring table.',
    });
  }

  #alarm(watched: Construct, what: string, watch: Watch): void {
    raiseAlarm(this.#alarms, [watched, what], watch);
  }
}
