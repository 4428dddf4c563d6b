import type { Config } from './config.ts';
import { contactTopicPrefix } from './constructs/contact-topics.ts';
import { objectsOfAgency } from './constructs/encrypted-bucket.ts';
import { anchorBucket, recordArchive } from './constructs/locked-bucket.ts';
import { scheduleGroupName } from './constructs/queue-schedules.ts';
import { reportBucketName } from './constructs/report-bucket.ts';
import { importedSheets, trailBucketName } from './constructs/trail-bucket.ts';
import { feedQueuePaths } from './recipient-ways.ts';

/** A star that some policy of the stack may have. A test compares this list with the template. */
export type Wildcard = {
  /** Paths, below the stack, of the constructs whose policies have the star. */
  readonly holders: readonly string[];
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Absent where only the action has a star. */
  readonly resource?: string;
  /** Everything but this. */
  readonly notResource?: string;
  readonly reason: string;
};

const rightsOf = (...stages: readonly string[]): string[] =>
  stages.map((stage) => `${stage}/FunctionRole/DefaultPolicy`);

const inThisAccount = (service: string, resource: string): string =>
  `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}`;

/** Stars in what functions may do. */
const rightsWithStars = (config: Config): readonly Wildcard[] => [
  {
    holders: rightsOf('Escalate', 'Notify', 'Seal'),
    effect: 'Allow',
    actions: ['dynamodb:ListStreams'],
    resource: '*',
    reason: 'DynamoDB knows no resource for it; it gives names of streams and no content.',
  },
  {
    holders: rightsOf('Evaluate', 'Escalate', 'Reply', 'Api'),
    effect: 'Allow',
    actions: ['scheduler:CreateSchedule'],
    resource: inThisAccount('scheduler', `schedule/${scheduleGroupName(config)}/*`),
    reason: "Schedules are made as deadlines arise, in the stack's own group, by names to come.",
  },
  {
    holders: rightsOf('Api'),
    effect: 'Allow',
    actions: ['sns:CreateTopic', 'sns:Subscribe'],
    resource: inThisAccount('sns', `${contactTopicPrefix(config)}*`),
    reason: "A responder's e-mail topic is made when the responder is, under the agency's prefix.",
  },
  {
    holders: rightsOf('Notify'),
    effect: 'Allow',
    actions: ['sns:Publish'],
    resource: inThisAccount('sns', `${contactTopicPrefix(config)}*`),
    reason: 'Pages go to the e-mail topics of responders, which api makes under this prefix.',
  },
  {
    holders: rightsOf('Notify'),
    effect: 'Allow',
    actions: ['sns:Publish'],
    resource: inThisAccount('sns', 'endpoint/*'),
    reason: "Phones register with the agency's own app as they come: SNS names each anew.",
  },
  {
    holders: rightsOf('Api', 'Report'),
    effect: 'Allow',
    actions: ['s3:GetObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, reportBucketName)}`,
    reason: "The files of each report are objects of their own, below the agency's id.",
  },
  {
    holders: rightsOf('Report'),
    effect: 'Allow',
    actions: ['s3:PutObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, reportBucketName)}`,
    reason: "The files of each report are objects of their own, below the agency's id.",
  },
  {
    holders: ['Notify/Texting'],
    effect: 'Allow',
    actions: ['sns:Publish'],
    notResource: 'arn:<AWS::Partition>:sns:*:*:*',
    reason:
      "A text message's resource is a phone number, which no policy can name: this is what is " +
      'left without topics, applications and endpoints.',
  },
];

/** Stars in what functions may do with objects. */
const rightsToObjects = (config: Config): readonly Wildcard[] => [
  {
    holders: rightsOf('Api', 'Archive', 'Report'),
    effect: 'Allow',
    actions: ['s3:GetObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, trailBucketName)}`,
    reason: "Each day of each wearer is an object of its own, below the agency's id.",
  },
  {
    holders: rightsOf('Archive'),
    effect: 'Allow',
    actions: ['s3:PutObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, trailBucketName)}`,
    reason: "Each day of each wearer is an object of its own, below the agency's id.",
  },
  {
    holders: rightsOf('Api'),
    effect: 'Allow',
    actions: ['s3:PutObject'],
    resource: `arn:<AWS::Partition>:s3:::${importedSheets(config, trailBucketName)}`,
    reason: 'Each imported sheet is an object of its own, named by its digest, below its wearer.',
  },
  {
    holders: rightsOf('Erase'),
    effect: 'Allow',
    actions: ['s3:DeleteObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, trailBucketName)}`,
    reason: "What retention lets go is below the agency's id, an object for each day or sheet.",
  },
  {
    holders: rightsOf('Erase'),
    effect: 'Allow',
    actions: ['s3:DeleteObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, reportBucketName)}`,
    reason: "What retention lets go is below the agency's id, three objects for each report.",
  },
  {
    holders: rightsOf('Seal'),
    effect: 'Allow',
    actions: ['s3:GetObject', 's3:PutObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, `<${anchorBucket}>`)}`,
    reason: "Each anchor is an object of its own, below the agency's id.",
  },
  {
    holders: rightsOf('Seal'),
    effect: 'Allow',
    actions: ['s3:GetObject', 's3:PutObject'],
    resource: `arn:<AWS::Partition>:s3:::${objectsOfAgency(config, `<${recordArchive}>`)}`,
    reason: "Each stretch of each chain is an object of its own, below the agency's id.",
  },
];

/** Stars in what keys and queues let others do. */
const resourcePoliciesWithStars = (config: Config): readonly Wildcard[] => [
  {
    holders: ['TracksKey', 'CasesKey', 'MessagesKey', 'AuditKey', 'AnchorKey/Key'],
    effect: 'Allow',
    actions: ['kms:*'],
    resource: '*',
    reason:
      "In a key's policy the star is that key. The account administers it through its own " +
      'policies; without this a key can be locked for good.',
  },
  {
    holders: ['MessagesKey'],
    effect: 'Allow',
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resource: '*',
    reason:
      "In a key's policy the star is that key. Alarms, topics and logs of this stack " +
      'only, each by its source.',
  },
  {
    holders: [
      'TrailBucket/Policy',
      'AnchorBucket/Policy',
      'RecordArchive/Policy',
      'ReportBucket/Policy',
    ],
    effect: 'Deny',
    actions: ['s3:*'],
    resource: '<...>/*',
    reason: 'Refuses every action on every object that does not come over TLS.',
  },
  {
    holders: queuePolicies(config),
    effect: 'Deny',
    actions: ['sqs:*'],
    reason: 'Refuses every action that does not come over TLS.',
  },
];

/** Every star in an action or a resource, with its reason. There is no other. */
export const wildcards = (config: Config): readonly Wildcard[] => [
  ...rightsWithStars(config),
  ...rightsToObjects(config),
  ...resourcePoliciesWithStars(config),
];

const queuePolicies = (config: Config): string[] => {
  const feeds = feedQueuePaths(config);
  const pairs = [
    ...['Events', 'Deadlines', 'Deliveries', 'Reports', 'CanaryReturn/Pages', 'Reply/Inbox'],
    ...feeds.pairs,
  ];
  const single = [
    ...feeds.single,
    'Escalate/Stream/Failures',
    'Notify/Stream/Failures',
    'Seal/Stream/Failures',
    'DutyManagerDlq',
    'CanaryReturn/SubscriptionDlq',
    'Reply/SubscriptionDlq',
    ...(config.operationsEmail ? ['OperationsEmailDlq'] : []),
  ];
  const queues = [...pairs.flatMap((pair) => [`${pair}/Queue`, `${pair}/Dlq`]), ...single];
  return queues.map((queue) => `${queue}/Policy`);
};
