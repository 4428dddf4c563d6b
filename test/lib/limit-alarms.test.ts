import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DUE_SHARDS } from '#functions/adapters/dynamodb/keys.ts';
import { archiveDueAt, startOfDay } from '#functions/adapters/dynamodb/trail-day.ts';
import { archiving, awsLimits, dueShards, nearPercent, thresholds } from '#lib/thresholds.ts';
import { everythingChosen, type Synthesized, synthesize } from './synthesized.ts';

const stack = synthesize();

const alarmSchema = z.looseObject({
  Threshold: z.number(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  TreatMissingData: z.string(),
  EvaluationPeriods: z.number(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  Metrics: z
    .array(z.looseObject({ Expression: z.string().optional(), MetricStat: z.unknown().optional() }))
    .default([]),
});

const limitsOf = ({ ofType }: Synthesized) =>
  ofType('AWS::CloudWatch::Alarm')
    .filter(([id]) => id.startsWith('Limits'))
    .map(([id, { Properties }]) => ({
      name: id.replace(/^Limits/, '').replace(/[0-9A-F]{8}$/, ''),
      ...alarmSchema.parse(Properties),
    }));
const alarms = limitsOf(stack);
const named = (name: string) => alarms.find((alarm) => alarm.name === name);

describe('before a limit is reached', () => {
  it('an alarm speaks for each kind of it, and each costs money', () => {
    expect(alarms.map(({ name }) => name).sort()).toEqual([
      'AllowanceTableThrottled',
      'ArchiveBehind',
      'ChainTableLinksBusy',
      'ChainTableThrottled',
      'Concurrency',
      'DoorApiBusy',
      'ErasingFails',
      'ErasingKnowsNot',
      'EventsDepth',
      'EventsInFlight',
      'HoursEndSoon',
      'KeyUse',
      'LargeState',
      'MonitoringTableDueBusy',
      'MonitoringTableListBusy',
      'MonitoringTableThrottled',
      'RecordTableEntriesBusy',
      'RecordTableThrottled',
      'StateTableDueBusy',
      'StateTableThrottled',
      'StateWrites',
      'TextMessageSpend',
      'Topics',
      'TrailTableDueBusy',
      'TrailTableThrottled',
      'VigilTableThrottled',
    ]);
  });

  it('quotas are those that the account has then, not those that we know', () => {
    for (const name of ['Concurrency', 'KeyUse', 'Topics']) {
      const expressions = named(name)?.Metrics.flatMap(({ Expression = [] }) => Expression);
      expect(expressions).toEqual(['used / SERVICE_QUOTA(used) * 100']);
      expect(named(name)?.Threshold).toBe(nearPercent);
    }
  });

  it('refused calls count for a table and for the writes of its indexes', () => {
    const parts = (table: string) => named(`${table}Throttled`)?.Metrics ?? [];
    const measured = (table: string) => parts(table).filter(({ MetricStat }) => MetricStat).length;
    const tables = ['StateTable', 'MonitoringTable', 'TrailTable', 'RecordTable'];
    expect(tables.map(measured)).toEqual([3, 4, 3, 3]);
  });

  it('an index alarms by the partitions that its writes spread over', () => {
    const aMinute = awsLimits.partitionWritesPerSecond * 60 * (nearPercent / 100);
    expect(named('StateTableDueBusy')?.Threshold).toBe(aMinute * DUE_SHARDS);
    expect(named('MonitoringTableListBusy')?.Threshold).toBe(aMinute);
    expect(named('StateTableDueBusy')?.Dimensions).toContainEqual({
      Name: 'GlobalSecondaryIndexName',
      Value: 'due',
    });
  });

  it('text messages alarm at four fifths of what the account may spend', () => {
    expect(named('TextMessageSpend')).toMatchObject({ Threshold: 0.8, Dimensions: [] });
    const raised = limitsOf(synthesize({ ...everythingChosen, textMessageLimitDollars: '500' }));
    expect(raised.find(({ name }) => name === 'TextMessageSpend')?.Threshold).toBe(400);
  });

  it('an archive that says nothing is as bad as one that is behind', () => {
    expect(named('ArchiveBehind')).toMatchObject({
      Namespace: 'Homeward',
      MetricName: 'archiveOverdueDays',
      Dimensions: [{ Name: 'service', Value: 'archive' }],
      TreatMissingData: 'breaching',
      Threshold: thresholds.archiveOverdueDays,
    });
  });
});

describe('what infrastructure and functions must both know', () => {
  it('is the same: the shards of the due indexes', () => {
    expect(dueShards).toBe(DUE_SHARDS);
  });

  it('is the same: the age at which a day is archived', () => {
    const afterDays = (archiveDueAt('2026-03-02') - startOfDay('2026-03-02')) / 86_400_000;
    expect(archiving.afterDays).toBe(afterDays);
  });
});

describe('the trail bucket', () => {
  const bucketSchema = z.looseObject({
    LifecycleConfiguration: z.object({ Rules: z.array(z.looseObject({})) }),
  });
  const bucketOf = ({ ofType }: Synthesized) => ofType('AWS::S3::Bucket')[0]?.[1];

  it('is encrypted with the key of tracks, versioned, and open to nobody', () => {
    expect(bucketOf(stack)?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^TracksKey/), 'Arn'] },
            },
          },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(bucketOf(stack)?.DeletionPolicy).toBe('Retain');
    expect(bucketOf(synthesize(everythingChosen))?.DeletionPolicy).toBe('Delete');
  });

  it('ends nothing by its age: what was replaced or erased is gone a month later', () => {
    const { Rules } = bucketSchema.parse(bucketOf(stack)?.Properties).LifecycleConfiguration;
    expect(Rules).toContainEqual(
      expect.objectContaining({
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: archiving.replacedVersionsDays },
      }),
    );
    expect(JSON.stringify(Rules)).not.toContain('ExpirationInDays');
  });

  it('never moves objects to a colder class: they are too small to be worth it', () => {
    expect(JSON.stringify(bucketOf(stack)?.Properties)).not.toContain('Transition');
  });
});
