import { type Guard, STORE } from './guard.ts';

const away = (why: string, test: string) => ({ unseen: { why, test } });

/** Conditions of writes that are on no way from an event to a page. */
export const ELSEWHERE: readonly Guard[] = [
  {
    name: 'slice-goes-ahead-once',
    file: `${STORE}/wearer-states.ts`,
    text: `    const ConditionExpression = 'attribute_not_exists(pk)';
    // Retry: within the transaction that decides whose slice it is.
    return conditionHeld(client.send(new PutItemCommand({ ...put, ConditionExpression })));`,
    without: '    return conditionHeld(client.send(new PutItemCommand(put)));',
    ...away('Of the trail, which tells nobody.', 'test/contracts/wearer-states.test.ts'),
  },
  {
    name: 'parked-on-its-epoch',
    file: `${STORE}/parking.ts`,
    text: `          ConditionExpression: epoch === 0 ? 'attribute_not_exists(pk)' : 'epoch = :epoch',
          ExpressionAttributeValues: {
            ...(epoch === 0 ? {} : { ':epoch': number(epoch) }),`,
    without: '          ExpressionAttributeValues: {',
    ...away('No wearer of these worlds is parked.', 'test/contracts/parking.test.ts'),
  },
  {
    name: 'kept-while-parked',
    file: `${STORE}/parking.ts`,
    text: "ConditionExpression: 'attribute_exists(parkedAt)',",
    without: "ConditionExpression: 'attribute_exists(pk)',",
    ...away('No wearer of these worlds is parked.', 'test/contracts/parking.test.ts'),
  },
  {
    name: 'one-speaks-for-a-feed',
    file: `${STORE}/feeds.ts`,
    text: `    const ConditionExpression = 'attribute_not_exists(pk) OR violationId = :own';
    const ExpressionAttributeValues = { ':own': text(violationId) };
    const command = new PutItemCommand({
      ...{ TableName, Item, ConditionExpression, ExpressionAttributeValues },
    });`,
    without: '    const command = new PutItemCommand({ TableName, Item });',
    ...away('No world has as many wearers as a feed takes.', 'test/contracts/feeds.test.ts'),
  },
  {
    name: 'activation-is-of-one-wearer',
    file: 'functions/api/routes/wearers.ts',
    text: `        ConditionExpression: 'attribute_not_exists(pk) OR wearerId = :wearer',
        ExpressionAttributeValues: { ':wearer': text(wearerId) },
`,
    without: '',
  },
  {
    name: 'archived-as-it-was-read',
    file: `${STORE}/archivable-items.ts`,
    text: `      ConditionExpression: only,
      ExpressionAttributeValues: {
        ...Object.fromEntries(values),
        ...(only === UNCHANGED ? { ':inputs': binary(readBinary(item, 'inputs')) } : {}),
      },`,
    without: '      ExpressionAttributeValues: Object.fromEntries(values),',
    ...away('Of the archive, which tells nobody.', 'test/contracts/archivable-items.test.ts'),
  },
  {
    name: 'removed-as-it-was-archived',
    file: `${STORE}/archivable-items.ts`,
    text: `      ConditionExpression: UNCHANGED,
      ExpressionAttributeValues: { ':inputs': binary(readBinary(item, 'inputs')) },
`,
    without: '',
    ...away('Of the archive, which tells nobody.', 'test/contracts/archivable-items.test.ts'),
  },
  {
    name: 'draft-is-swept-when-old',
    file: `${STORE}/zone-list-drafts.ts`,
    text: 'const condition = { ConditionExpression: only, ExpressionAttributeValues: values };',
    without: 'const condition = {};',
    ...away(
      'Of lists of zones, which no world has.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'memo-is-new',
    file: `${STORE}/contact-changes.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    ...away(
      'The same transaction holds the version of the contacts, and fails first.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'answer-is-given-once',
    file: `${STORE}/answers.ts`,
    text: `    const ConditionExpression = 'attribute_not_exists(pk)';
    return { Put: { TableName: table, Item, ConditionExpression } };`,
    without: '    return { Put: { TableName: table, Item } };',
    ...away(
      'Two have to work off the same text within milliseconds: no 300 worlds saw it.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'receipts-never-go-back',
    file: `${STORE}/receipts.ts`,
    text: `      ConditionExpression:
        item.receipts === undefined
          ? 'attribute_exists(pk) AND attribute_not_exists(receipts)'
          : 'receipts = :read',`,
    without: '',
    ...away(
      'Two receipts of one page have to be noted at the same moment.',
      'test/functions/reply/receipts.test.ts',
    ),
  },
  {
    name: 'code-is-of-one-page',
    file: `${STORE}/reply-codes.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk) OR pageId = :page OR expiresAt < :now',
      ExpressionAttributeValues: { ':page': text(right.pageId), ':now': number(now) },
`,
    without: '',
    ...away(
      'Two pages of a phone have to begin with the same code, and one be answered.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'kept-item-is-new',
    file: `${STORE}/kept-item.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    ...away(
      'Two have to make it at the same moment, and one item is all there is.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'kept-item-epoch',
    file: `${STORE}/kept-item.ts`,
    text: `{
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(epoch) },
          }`,
    without: '{}',
    ...away(
      'Two have to keep the same item at the same moment, and few worlds are audited.',
      'test/functions/adapters/dynamodb/written-once.test.ts',
    ),
  },
  {
    name: 'allowance-of-this-minute',
    file: `${STORE}/allowances.ts`,
    text: `      ConditionExpression,
`,
    without: '',
    ...away(
      'It holds senders back, and no world sends as much.',
      'test/functions/adapters/dynamodb/allowances.test.ts',
    ),
  },
];
