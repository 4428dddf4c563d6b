/**
 * Resource types that change nothing on one machine, each with the reason. They still get a `Ref`
 * and an ARN. A type that is neither here nor in known-resources.ts is refused.
 */
export const WITHOUT_LOCAL_EFFECT: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'local tables have no capacity to scale',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'local tables have no capacity to scale',
  'AWS::CDK::Metadata': 'tells AWS which constructs were used',
  'AWS::CloudWatch::Alarm': 'metrics leave the functions as log lines, which nobody adds up here',
  'AWS::CloudWatch::CompositeAlarm': 'as AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard': 'there is no console to show it',
  'AWS::IAM::ManagedPolicy': 'read by local/iam, which holds every call to it',
  'AWS::IAM::Policy': 'read by local/iam, which holds every call to it',
  'AWS::KMS::Alias': 'nothing is encrypted at rest on this machine',
  'AWS::Lambda::Permission': 'read by local/iam, which holds every invocation to it',
  'AWS::Logs::LogGroup': 'log lines stay in memory and in files',
  'AWS::Logs::MetricFilter': 'metrics are not added up here',
  'AWS::Logs::ResourcePolicy': 'no service writes logs on its own account here',
  'AWS::S3::BucketPolicy': 'read by local/iam, which holds every call to it',
  'AWS::SecretsManager::ResourcePolicy': 'read by local/iam, which holds every call to it',
  'AWS::SNS::TopicPolicy': 'read by local/iam, which holds every call to it',
  'AWS::SQS::QueuePolicy': 'read by local/iam, which holds every call to it',
};
