import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { doorRoutes } from '#lib/constructs/http-door.ts';
import { routes } from '#lib/routes.ts';
import { thresholds } from '#lib/thresholds.ts';
import { constructPath, everythingChosen, referredTo, synthesize } from './synthesized.ts';

const stack = synthesize();
const trial = synthesize(everythingChosen);

/** Few types, and none that needs a function of its own to be made. */
const resourceTypes = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::Secret',
];

const typesOf = ({ resources }: typeof stack): string[] =>
  [...new Set(Object.values(resources).map(({ Type }) => Type))].sort();

describe('the stack', () => {
  it('is made of types that the local cloud knows', () => {
    expect(typesOf(stack)).toEqual(resourceTypes);
  });

  it('adds only the scaling of tables when capacity is provisioned', () => {
    const more = typesOf(trial).filter((type) => !resourceTypes.includes(type));
    expect(more).toEqual([
      'AWS::ApplicationAutoScaling::ScalableTarget',
      'AWS::ApplicationAutoScaling::ScalingPolicy',
    ]);
  });

  it('gives its addresses as outputs', () => {
    expect(Object.keys(stack.outputs)).toEqual([
      'ApiUrl',
      'LiaisonTopicArn',
      'ExerciseTopicArn',
      'OperationsTopicArn',
      'TextsTopicArn',
      'DutyManagerTopicArn',
      'AdministratorTokenSecretArn',
      'StateTableName',
      'MonitoringTableName',
      'TrailTableName',
      'RecordTableName',
      'TrailBucketName',
      'ChainTableName',
      'AnchorBucketName',
      'RecordArchiveName',
      'AnchorKeyArn',
      'FeedQueueUrlMetropolitan',
      'ExerciseQueueUrlMetropolitan',
    ]);
  });

  it('is named after its agency, so that an account may have several', () => {
    expect(trial.stack.stackName).toBe('homeward-kent-probation');
  });

  it('keeps secrets out of environments', () => {
    for (const [, secret] of stack.ofType('AWS::SecretsManager::Secret')) {
      expect(secret.Properties).not.toHaveProperty('SecretString');
    }
    expect(JSON.stringify(stack.ofType('AWS::Lambda::Function'))).not.toContain('resolve:');
  });
});

describe('the tables', () => {
  const tables = stack.ofType('AWS::DynamoDB::Table');
  const keyOf = Object.fromEntries(
    tables.map(([, table]) => {
      const { KMSMasterKeyId } = z
        .object({ SSEEnabled: z.literal(true), KMSMasterKeyId: z.unknown() })
        .parse(table.Properties.SSESpecification);
      return [constructPath(table), referredTo(KMSMasterKeyId)?.replace(/\w{8}$/, '')];
    }),
  );

  it('are encrypted with the key of their class of data', () => {
    expect(keyOf).toEqual({
      StateTable: 'TracksKey',
      MonitoringTable: 'CasesKey',
      TrailTable: 'TracksKey',
      RecordTable: 'AuditKey',
      ChainTable: 'AuditKey',
      AllowanceTable: 'CasesKey',
      VigilTable: 'CasesKey',
    });
    // A key that signs cannot be rotated.
    stack.template.resourcePropertiesCountIs('AWS::KMS::Key', { EnableKeyRotation: true }, 4);
  });

  it('can be restored to any second, and are kept when the stack goes', () => {
    for (const [, { Properties, DeletionPolicy }] of tables) {
      expect(Properties.PointInTimeRecoverySpecification).toEqual({
        PointInTimeRecoveryEnabled: true,
      });
      expect(Properties.DeletionProtectionEnabled).toBe(true);
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  it('go with the stack of a trial', () => {
    for (const [, { Properties, DeletionPolicy }] of trial.ofType('AWS::DynamoDB::Table')) {
      expect(Properties.DeletionProtectionEnabled).toBe(false);
      expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('have their keys, streams and indexes', () => {
    const due = {
      IndexName: 'due',
      KeySchema: [
        { AttributeName: 'dueShard', KeyType: 'HASH' },
        { AttributeName: 'nextDueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    };
    const list = {
      IndexName: 'list',
      KeySchema: [
        { AttributeName: 'listKey', KeyType: 'HASH' },
        { AttributeName: 'listAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    };
    const shapes = Object.fromEntries(
      tables.map(([, table]) => {
        const { KeySchema, GlobalSecondaryIndexes, StreamSpecification } = table.Properties;
        return [constructPath(table), { KeySchema, GlobalSecondaryIndexes, StreamSpecification }];
      }),
    );
    const pk = { AttributeName: 'pk', KeyType: 'HASH' };
    const sk = { AttributeName: 'sk', KeyType: 'RANGE' };
    expect(shapes).toEqual({
      StateTable: { KeySchema: [pk], GlobalSecondaryIndexes: [due] },
      MonitoringTable: {
        KeySchema: [pk, sk],
        GlobalSecondaryIndexes: [due, list],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
      TrailTable: { KeySchema: [pk, sk], GlobalSecondaryIndexes: [due] },
      RecordTable: {
        KeySchema: [pk, sk],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'entries',
            KeySchema: [{ AttributeName: 'entryDay', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
      ChainTable: {
        KeySchema: [pk, sk],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'links',
            KeySchema: [
              { AttributeName: 'sealedDay', KeyType: 'HASH' },
              { AttributeName: 'sealedAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
      AllowanceTable: { KeySchema: [pk] },
      VigilTable: { KeySchema: [pk] },
    });
  });

  it('scale, with their indexes, when capacity is provisioned', () => {
    const onDemand = trial
      .ofType('AWS::DynamoDB::Table')
      .filter(([, { Properties }]) => Properties.BillingMode === 'PAY_PER_REQUEST')
      .map(([, table]) => constructPath(table));
    expect(onDemand).toEqual(['ChainTable', 'AllowanceTable', 'VigilTable']);
    // Four tables and five indexes, reads and writes.
    expect(trial.ofType('AWS::ApplicationAutoScaling::ScalableTarget')).toHaveLength(18);
  });
});

describe('the HTTP API', () => {
  const inTemplate = stack.ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => ({
    key: Properties.RouteKey,
    authorization: Properties.AuthorizationType,
    authorizer: referredTo(Properties.AuthorizerId),
    target: JSON.stringify(Properties.Target),
  }));

  it('has the routes of lib/routes.ts and no other', () => {
    expect(inTemplate.map(({ key }) => key).sort()).toEqual(
      doorRoutes()
        .map(({ methods, path }) => `${methods.length === 1 ? methods[0] : 'ANY'} ${path}`)
        .sort(),
    );
  });

  it.each(routes)('$method $path is for $handledBy, with a $authorization', (route) => {
    const keys = [`${route.method} ${route.path}`, `ANY ${route.path}`];
    const found = inTemplate.find(({ key }) => keys.some((one) => one === key));
    const guarded = route.authorization === 'token';
    expect(found?.authorization).toBe(guarded ? 'CUSTOM' : 'NONE');
    expect(found?.authorizer !== undefined).toBe(guarded);
    const integrations = stack
      .ofType('AWS::ApiGatewayV2::Integration')
      .filter(([id]) => found?.target.includes(id))
      .map(([, { Properties }]) => referredTo(Properties.IntegrationUri)?.toLowerCase());
    expect(integrations).toEqual([expect.stringMatching(`^${route.handledBy}function`)]);
  });

  it('has no more resources than a template may have, whatever is chosen', () => {
    const all = Object.keys(synthesize(everythingChosen).resources);
    expect(all.length).toBeLessThanOrEqual(500);
  });

  it('is open only where a link or a code is the proof, and for public keys', () => {
    const open = inTemplate.filter(({ authorization }) => authorization === 'NONE');
    expect(open.map(({ key }) => key)).toEqual([
      'ANY /v1/acknowledge/{link}',
      'GET /v1/shift-calendars/{link}',
      'GET /v1/reports/{code}/verification',
      'GET /v1/feeds/jwks.json',
    ]);
  });

  it('asks the authorizer for a plain yes or no, and remembers it for 30 s', () => {
    stack.template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 30,
      IdentitySource: ['$request.header.Authorization'],
    });
  });

  it('limits requests, and logs each without its path, its query or its body', () => {
    const [, stage] = stack.ofType('AWS::ApiGatewayV2::Stage')[0] ?? [];
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 1000,
      ThrottlingBurstLimit: 2000,
    });
    const { Format } = z.object({ Format: z.string() }).parse(stage?.Properties.AccessLogSettings);
    expect(JSON.parse(Format)).toMatchObject({ routeKey: '$context.routeKey' });
    expect(Format).not.toMatch(/\$context\.(path|identity\.userAgent|requestOverride)/);
  });
});

describe('the alarms', () => {
  const alarms = stack.ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watching = (metric: string, id: string) =>
    alarms.filter(
      ({ MetricName, Dimensions }) =>
        MetricName === metric && JSON.stringify(Dimensions).includes(id),
    );

  it('all tell the operations topic, in words', () => {
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^OperationsTopic/) }]);
      expect(AlarmDescription).toMatch(/^.{30,}\.$/);
    }
  });

  it('watch the age of each queue and the depth of each end of the line', () => {
    for (const [id, { Properties }] of stack.ofType('AWS::SQS::Queue')) {
      const metric =
        'RedrivePolicy' in Properties
          ? 'ApproximateAgeOfOldestMessage'
          : 'ApproximateNumberOfMessagesVisible';
      expect(watching(metric, id)).toHaveLength(1);
    }
  });

  it('watch the errors and throttles of each function, and the age of each stream', () => {
    for (const [id] of stack.ofType('AWS::Lambda::Function')) {
      expect(watching('Errors', id)).toHaveLength(1);
      expect(watching('Throttles', id)).toHaveLength(1);
      const reads = /^(Escalate|Notify|Seal)/.test(id);
      expect(watching('IteratorAge', id)).toHaveLength(reads ? 1 : 0);
    }
  });

  it('watch the API for 5xx', () => {
    expect(alarms.filter(({ MetricName }) => MetricName === '5xx')).toHaveLength(1);
  });

  it.each([
    ...['RequestsLimited', 'AllowanceNotCounted', 'EventsRefused'],
    ...['NudgesNotSent', 'PlacesNotLearned'],
  ])('speak of %s after some minutes, and not when nothing comes', (name) => {
    const found = stack
      .ofType('AWS::CloudWatch::Alarm')
      .filter(([id]) => id.startsWith(`Alarms${name}`));
    expect(found.map(([, { Properties }]) => Properties)).toMatchObject([
      { EvaluationPeriods: 5, TreatMissingData: 'notBreaching' },
    ]);
  });

  it('speak when no heartbeat of the auditor comes, and never of one that does', () => {
    stack.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ Namespace: 'Homeward', MetricName: 'heartbeat', Statistic: 'Maximum' },
      Dimensions: [{ Name: 'service', Value: 'audit' }],
      ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
      ...{ Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 3 },
      TreatMissingData: 'breaching',
    });
  });

  it('speak when evaluation is behind, and when nobody says whether it is', () => {
    stack.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Homeward',
      MetricName: 'overdueMaxSeconds',
      Dimensions: [{ Name: 'service', Value: 'sweep' }],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: thresholds.overdueSeconds,
      TreatMissingData: 'breaching',
    });
  });
});
