import { describe, expect, it } from 'vitest';
import { templateSchema } from '#local/cloud/template/template.ts';
import { accessLineBytes, standingStack } from '#local/meter/standing-stack.ts';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });

const template = templateSchema.parse({
  Resources: {
    AlarmA: resource('AWS::CloudWatch::Alarm'),
    AlarmB: resource('AWS::CloudWatch::Alarm'),
    Key: resource('AWS::KMS::Key'),
    Secret: resource('AWS::SecretsManager::Secret'),
    Queue: resource('AWS::SQS::Queue'),
    RowsTable: resource('AWS::DynamoDB::GlobalTable'),
    StateTable9728C7E5: resource('AWS::DynamoDB::Table', {
      GlobalSecondaryIndexes: [{ IndexName: 'due' }, { IndexName: 'list' }],
    }),
    Fn: resource('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } }),
    OfQueue: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    }),
    OfStream: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['RowsTable', 'StreamArn'] },
    }),
    Stage: resource('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: { Format: '{"id":"$context.requestId","e":"$context.error.message"}' },
    }),
  },
});

describe('given the template of a stack', () => {
  it('finds what is billed while nothing happens', () => {
    const { months, throughputs, traces } = standingStack(template);
    expect(Object.fromEntries(months.map(({ row, amount }) => [row, amount]))).toEqual({
      'alarms.alarm': 2,
      'dashboards.dashboard': 0,
      'kms.key': 1,
      'secrets.secret': 1,
      // Five pollers, every 20 s, for 730 hours; the stream's are free.
      'sqs.request': 657_000,
    });
    expect(throughputs).toEqual(['Rows', 'State', 'State/due', 'State/list']);
    expect(traces).toBe(true);
  });

  it('reckons a line of the access log by its format', () => {
    expect(accessLineBytes(template)).toBe('{"id":"0123456789abcdef","e":"-"}'.length);
    expect(accessLineBytes(templateSchema.parse({ Resources: {} }))).toBe(0);
  });
});
