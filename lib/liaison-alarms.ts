import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { raiseAlarm, type Watch } from './constructs/raise-alarm.ts';
import { reported } from './constructs/reported.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import { thresholds } from './thresholds.ts';

const WATCHES: Readonly<Record<string, Watch>> = {
  Unreachable: {
    metric: reported('deliver', 'liaisonsUnreachable', Stats.SUM),
    above: 0,
    says: 'A liaison has taken nothing for five minutes: see the log of deliver for which, and why.',
  },
  FeedsNotWorkedOff: {
    metric: reported('deliver', 'feedsNotWorkedOff', Stats.SUM),
    above: 0,
    periods: { above: 3, of: 5 },
    says: 'What is for a liaison waits, and not because of the liaison: see the log of deliver.',
  },
  EventsRefused: {
    metric: reported('deliver', 'eventsRefused', Stats.SUM),
    above: 0,
    says: 'A liaison refuses an event for good: it has to be told otherwise. See the log of deliver.',
  },
  EventsUnusable: {
    metric: reported('api', 'eventsUnusable', Stats.SUM),
    above: 0,
    says: 'A liaison cannot use an event that it was sent: see the log of api for which, and why.',
  },
  EventsPutOff: {
    metric: reported('notify', 'eventsPutOff', Stats.SUM),
    above: 0,
    periods: { above: 3, of: 5 },
    says: 'What is for a liaison cannot be put into its feed: see the log of notify.',
  },
  MessagesForged: {
    metric: reported('api', 'feedMessagesForged', Stats.SUM),
    above: 0,
    says: 'A message in the name of a liaison is not signed by it: its key, or somebody else.',
  },
  MessagesNotTheirs: {
    metric: reported('api', 'feedMessagesNotTheirs', Stats.SUM),
    above: thresholds.messagesNotTheirsPerMinute,
    says: 'A liaison speaks of incidents of others: see the log of api, and ask who gave the ids.',
  },
  Limited: {
    metric: reported('api', 'liaisonsLimited', Stats.SUM),
    above: 0,
    periods: { above: 3, of: 5 },
    says: 'A liaison sends more than it may, and is sent back: see the log of api for which.',
  },
  ReferencesToMend: {
    metric: reported('audit', 'liaisonsToMend', Stats.MAXIMUM),
    above: 0,
    says: 'A force would reject what it is sent: references of orders are not as it writes them.',
  },
};

/** Alarms for what liaisons are told, and what they answer. */
export class LiaisonAlarms extends Construct {
  constructor(scope: Construct, id: string, operations: SecureTopic) {
    super(scope, id);
    const alarms = { scope: this, tells: new SnsAction(operations) };
    for (const [what, watch] of Object.entries(WATCHES)) raiseAlarm(alarms, [this, what], watch);
  }
}
