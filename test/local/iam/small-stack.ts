import { createPlace } from '#local/cloud/place.ts';
import { type Template, templateSchema } from '#local/cloud/template/template.ts';

export const place = createPlace('eu-west-2', 'Small');

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const attribute = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });

/** What the one function of the small stack may do unless a test says otherwise. */
export const RIGHTS: readonly object[] = [
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: attribute('Work') },
  {
    ...{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
    Resource: attribute('Key'),
    Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-2.amazonaws.com' } },
  },
];

const LEFT_TO_THE_ACCOUNT = {
  ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
  Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:root` } },
};

/** An encrypted queue, its key, and a role with rights. */
export const smallStack = (
  rights: readonly object[] = RIGHTS,
  keyStatements: readonly object[] = [LEFT_TO_THE_ACCOUNT],
): Template =>
  templateSchema.parse({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document({
            ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
            Principal: { Service: 'lambda.amazonaws.com' },
          }),
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: document(...rights), Roles: [{ Ref: 'Role' }] },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(...keyStatements) } },
      Work: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: attribute('Key') } },
      Rows: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    },
  });
