const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const allowing = (...Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

/**
 * Policies that AWS itself keeps, as published:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MANAGED: Readonly<Record<string, unknown>> = {
  'service-role/AWSLambdaBasicExecutionRole': allowing(...logs),
  'service-role/AWSLambdaDynamoDBExecutionRole': allowing(
    ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    ...['dynamodb:ListStreams', ...logs],
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': allowing(
    ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...logs],
  ),
};

/** The document of a policy that AWS keeps. Throws when it is not known here. */
export const managedPolicy = (arn: string, where: string): unknown => {
  const name = arn.replace(/^arn:[a-z-]+:iam::aws:policy\//, '');
  const known = MANAGED[name];
  if (known !== undefined) return known;
  throw new Error(
    `${where}: the managed policy ${arn} is not known; add its document in local/iam/managed-policies.ts.`,
  );
};
