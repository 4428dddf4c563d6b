import { describe, expect, it } from 'vitest';
import { writtenTables } from '#local/cloud/gateway/table-writes.ts';

const ARN = 'arn:aws:dynamodb:eu-west-2:000000000000:table/one';

describe('given a call to the database', () => {
  it.each([
    ['PutItem', { TableName: 'one' }, ['one']],
    ['DeleteItem', { TableName: ARN }, ['one']],
    ['BatchWriteItem', { RequestItems: { one: [], two: [] } }, ['one', 'two']],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'one' } },
          { ConditionCheck: { TableName: 'two' } },
          { Update: { TableName: ARN } },
        ],
      },
      ['one', 'two'],
    ],
    ['Query', { TableName: 'one' }, []],
  ])('knows which tables %s may have written to', (operation, input, tables) => {
    expect(writtenTables(operation, Buffer.from(JSON.stringify(input)))).toEqual(tables);
  });
});
