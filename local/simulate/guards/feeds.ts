import { type Guard, STORE } from './guard.ts';

const test = 'test/functions/adapters/dynamodb/liaison-feeds.test.ts';
const eachOther = 'The place of the last event and the event itself guard each other.';
const APPEND = `${STORE}/liaison-feed-append.ts`;
const DELIVERIES = `${STORE}/feed-deliveries.ts`;
const kept = 'test/contracts/feed-deliveries.test.ts';
const overtaken = { why: 'Somebody slow has to be overtaken in one delivery.', test: kept };

/** Guards of what liaisons are told, and of its delivery. */
export const FEEDS: readonly Guard[] = [
  {
    name: 'feed-event-is-new',
    file: APPEND,
    text: "Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },",
    without: 'Put: { TableName, Item: item },',
    unseen: { why: eachOther, test },
  },
  {
    name: 'feed-without-a-gap',
    file: APPEND,
    text: `          ConditionExpression: 'attribute_not_exists(pk) OR #position = :before',
          ExpressionAttributeNames: { '#position': 'position' },
          ExpressionAttributeValues: { ':before': number(appended.position - 1) },
`,
    without: '',
    unseen: { why: eachOther, test },
  },
  {
    name: 'incident-is-new',
    file: APPEND,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    unseen: { why: 'The place of the last event guards it too.', test },
  },
  {
    name: 'incident-as-it-was-read',
    file: APPEND,
    text: `: {
        ConditionExpression: 'lastSequence = :last',
        ExpressionAttributeValues: { ':last': number(known.incident.lastSequence) },
      };`,
    without: ': {};',
    unseen: { why: 'The place of the last event guards it too.', test },
  },
  {
    name: 'event-acknowledged-once',
    file: `${STORE}/liaison-feeds.ts`,
    text: `          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(acknowledgedAt)',
`,
    without: '',
    unseen: { why: 'What is acknowledged again is known: only its instant would change.', test },
  },
  {
    name: 'delivery-wanted-further',
    file: DELIVERIES,
    text: `        ConditionExpression: 'attribute_not_exists(wanted) OR wanted < :position',
`,
    without: '',
    unseen: { why: 'It has to be overtaken by a later event of the same feed.', test: kept },
  },
  {
    name: 'delivery-by-one-at-a-time',
    file: DELIVERIES,
    text: `        ConditionExpression: [
          'attribute_exists(nextDueAt)',
          '(attribute_not_exists(leasedUntilAt) OR leasedUntilAt < :now)',
`,
    without: `        ConditionExpression: [
          'attribute_exists(nextDueAt)',
`,
    unseen: {
      why: 'Who writes must still have the lease: it is that which worlds see.',
      test: kept,
    },
  },
  {
    name: 'delivery-goes-on-in-lease',
    file: DELIVERIES,
    text: `          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: {
            ...{ ':position': number(dealt.position), ':until': until, ':lease': number(lease) },`,
    without: `          ExpressionAttributeValues: {
            ...{ ':position': number(dealt.position), ':until': until },`,
    unseen: overtaken,
  },
  {
    name: 'delivery-ends-in-lease',
    file: DELIVERIES,
    text: `          ConditionExpression: [UNDER_ITS_LEASE, ALL_IS_DONE].join(' AND '),
          ExpressionAttributeValues: { ':seen': number(seen), ':lease': number(lease) },`,
    without: "          ExpressionAttributeValues: { ':seen': number(seen) },",
    unseen: overtaken,
  },
  {
    name: 'delivery-given-up-in-lease',
    file: DELIVERIES,
    text: `          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: { ':now': number(now), ':lease': number(lease) },`,
    without: "          ExpressionAttributeValues: { ':now': number(now) },",
    unseen: overtaken,
  },
  {
    name: 'delivery-rests-in-lease',
    file: DELIVERIES,
    text: `          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: {
            ...{ ':until': number(untilAt), ':now': number(now) },
            ...{ ':one': number(1), ':lease': number(lease) },
          },`,
    without: `          ExpressionAttributeValues: {
            ...{ ':until': number(untilAt), ':now': number(now), ':one': number(1) },
          },`,
    unseen: overtaken,
  },
  {
    name: 'delivered-event-is-there',
    file: DELIVERIES,
    text: "          ConditionExpression: 'attribute_exists(pk)',\n",
    without: '',
    unseen: { why: 'No world lasts until events are gone.', test: kept },
  },
  {
    name: 'trouble-told-once',
    file: `${STORE}/delivery-trouble.ts`,
    text: ", ConditionExpression: 'attribute_not_exists(pk)' } };",
    without: ' } };',
    unseen: {
      why: 'Nobody in the worlds says what they cannot use, or refuses for good.',
      test: 'test/functions/adapters/dynamodb/delivery-trouble.test.ts',
    },
  },
  {
    name: 'outage-told-once',
    file: DELIVERIES,
    text: `          ConditionExpression: 'attribute_exists(failingSinceAt) AND attribute_not_exists(toldAt)',
`,
    without: '',
    unseen: { why: 'Topics of the worlds fail for a moment only.', test: kept },
  },
  {
    name: 'withheld-stays-withheld',
    file: 'domain/liaison/disclose.ts',
    text: 'if (!parts.includes(part)) delete rest[part];',
    without: '',
  },
];
