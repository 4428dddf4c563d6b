import { arnOf, type Place, physicalName } from '../cloud/place.ts';

/** What `Ref` and `Fn::GetAtt` give for a resource, as far as policies speak of it. */
export type StackName = { ref: string; attributes: Readonly<Record<string, string>> };

type Naming = {
  /** The property that gives the name; without it, the stack's name and the logical id do. */
  property?: string;
  longest: number;
  name: (name: string, place: Place, logicalId: string) => StackName;
};

const withArn = (service: string, prefix: string): Naming['name'] => {
  return (name, place) => ({
    ref: name,
    attributes: { Arn: arnOf(place, service, `${prefix}${name}`) },
  });
};

const table: Naming = {
  property: 'TableName',
  longest: 255,
  name: (name, place) => {
    const Arn = arnOf(place, 'dynamodb', `table/${name}`);
    return { ref: name, attributes: { Arn, StreamArn: `${Arn}/stream/local` } };
  },
};

const selfNamed: Naming = {
  longest: 255,
  name: (_, __, logicalId) => ({
    ref: logicalId,
    attributes: { AuthorizerId: logicalId, IntegrationId: logicalId, RouteId: logicalId },
  }),
};

/**
 * How the local cloud names what it makes, by type of resource. The names are the ones of
 * local/cloud/resources; only a stream's ARN, which the database chooses, is a stand-in.
 */
const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::ApiGatewayV2::Api': {
    longest: 255,
    name: (_, __, logicalId) => ({
      ref: logicalId.toLowerCase(),
      attributes: { ApiId: logicalId.toLowerCase() },
    }),
  },
  'AWS::ApiGatewayV2::Authorizer': selfNamed,
  'AWS::ApiGatewayV2::Integration': selfNamed,
  'AWS::ApiGatewayV2::Route': selfNamed,
  'AWS::CloudWatch::Alarm': {
    property: 'AlarmName',
    longest: 255,
    name: withArn('cloudwatch', 'alarm:'),
  },
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Rule': { property: 'Name', longest: 64, name: withArn('events', 'rule/') },
  'AWS::IAM::Role': {
    longest: 64,
    name: (name, place, logicalId) => ({
      ref: name,
      attributes: {
        Arn: `arn:aws:iam::${place.account}:role/${name}`,
        RoleId: `AROA${logicalId}`,
      },
    }),
  },
  'AWS::KMS::Key': {
    longest: 128,
    name: (name, place) => {
      const Arn = arnOf(place, 'kms', `key/${name}`);
      return { ref: name, attributes: { Arn, KeyId: name } };
    },
  },
  'AWS::Lambda::Function': {
    property: 'FunctionName',
    longest: 64,
    name: withArn('lambda', 'function:'),
  },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    longest: 512,
    name: (name, place) => ({
      ref: name,
      attributes: { Arn: arnOf(place, 'logs', `log-group:${name}:*`) },
    }),
  },
  'AWS::S3::Bucket': {
    property: 'BucketName',
    longest: 63,
    name: (name) => {
      const ref = name.toLowerCase();
      return { ref, attributes: { Arn: `arn:aws:s3:::${ref}` } };
    },
  },
  'AWS::Scheduler::ScheduleGroup': {
    property: 'Name',
    longest: 64,
    name: withArn('scheduler', 'schedule-group/'),
  },
  'AWS::SecretsManager::Secret': {
    property: 'Name',
    longest: 256,
    name: (name, place) => {
      const ref = arnOf(place, 'secretsmanager', `secret:${name}-LOCAL0`);
      return { ref, attributes: { Id: ref } };
    },
  },
  'AWS::SNS::Topic': {
    property: 'TopicName',
    longest: 256,
    name: (name, place) => {
      const ref = arnOf(place, 'sns', name);
      return { ref, attributes: { TopicArn: ref, TopicName: name } };
    },
  },
  'AWS::SQS::Queue': {
    property: 'QueueName',
    longest: 80,
    name: (name, place) => {
      const ref = `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`;
      const Arn = arnOf(place, 'sqs', name);
      return { ref, attributes: { Arn, QueueName: name, QueueUrl: ref } };
    },
  },
};

export type NamedResource = { logicalId: string; type: string; name: string | undefined };

/** The property of this type of resource that gives its name; undefined when there is none. */
export const nameProperty = (type: string): string | undefined => NAMINGS[type]?.property;

/** The names of a resource; for a type that no policy speaks of, the logical id in the clear. */
export const stackName = ({ logicalId, type, name }: NamedResource, place: Place): StackName => {
  const naming = NAMINGS[type];
  if (naming === undefined) return { ref: logicalId, attributes: {} };
  const given = name ?? physicalName(place, logicalId, naming.longest);
  return naming.name(given, place, logicalId);
};
