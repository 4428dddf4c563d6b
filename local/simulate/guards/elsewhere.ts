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
    ...away('Nobody of these worlds changes what is worn.', 'test/functions/api/devices.test.ts'),
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
    ...away('Of lists of zones, which no world has.', 'test/contracts/zone-lists.test.ts'),
  },
  {
    name: 'contact-message-is-new',
    file: `${STORE}/contact-changes.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    ...away('Nobody of these worlds changes a contact.', 'test/functions/api/contacts.test.ts'),
  },
  {
    name: 'answer-is-given-once',
    file: `${STORE}/answers.ts`,
    text: `    const ConditionExpression = 'attribute_not_exists(pk)';
    return { Put: { TableName: table, Item, ConditionExpression } };`,
    without: '    return { Put: { TableName: table, Item } };',
    ...away('Nobody of these worlds answers by text.', 'test/functions/reply/texts.test.ts'),
  },
  {
    name: 'receipts-never-go-back',
    file: `${STORE}/receipts.ts`,
    text: `      ConditionExpression:
        item.receipts === undefined
          ? 'attribute_exists(pk) AND attribute_not_exists(receipts)'
          : 'receipts = :read',`,
    without: '',
    ...away('No receipts come in these worlds.', 'test/functions/reply/receipts.test.ts'),
  },
  {
    name: 'code-is-of-one-page',
    file: `${STORE}/reply-codes.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk) OR pageId = :page OR expiresAt < :now',
      ExpressionAttributeValues: { ':page': text(right.pageId), ':now': number(now) },
`,
    without: '',
    ...away('Nobody of these worlds answers by text.', 'test/functions/reply/texts.test.ts'),
  },
  {
    name: 'kept-item-is-new',
    file: `${STORE}/kept-item.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    ...away(
      'Of the auditor and the canary, who are not simulated.',
      'test/functions/audit/run.test.ts',
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
      'Of the auditor and the canary, who are not simulated.',
      'test/functions/audit/run.test.ts',
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
