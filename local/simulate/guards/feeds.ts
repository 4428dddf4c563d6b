import { type Guard, STORE } from './guard.ts';

const test = 'test/functions/adapters/dynamodb/liaison-feeds.test.ts';
const eachOther = 'The place of the last event and the event itself guard each other.';

/** Guards of what liaisons are told. */
export const FEEDS: readonly Guard[] = [
  {
    name: 'feed-event-is-new',
    file: `${STORE}/liaison-feeds.ts`,
    text: "Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },",
    without: 'Put: { TableName, Item: item },',
    unseen: { why: eachOther, test },
  },
  {
    name: 'feed-without-a-gap',
    file: `${STORE}/liaison-feeds.ts`,
    text: `        ConditionExpression: 'attribute_not_exists(pk) OR #position = :before',
        ExpressionAttributeNames: { '#position': 'position' },
        ExpressionAttributeValues: { ':before': number(position - 1) },
`,
    without: '',
    unseen: { why: eachOther, test },
  },
  {
    name: 'event-acknowledged-once',
    file: `${STORE}/liaison-feeds.ts`,
    text: `          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(acknowledgedAt)',
`,
    without: '',
    unseen: { why: 'Nobody in the worlds acknowledges what a liaison is told.', test },
  },
];
