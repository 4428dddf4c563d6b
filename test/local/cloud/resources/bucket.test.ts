import { describe, expect, it } from 'vitest';
import { bucketSchema, checkLock, checkRules } from '#local/cloud/resources/bucket.ts';
import { readProperties } from '#local/cloud/resources/resource-kind.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html

/** Reads and checks a bucket as the start of a cloud does. */
const check = (properties: object): void => {
  const resource = { logicalId: 'Trail', type: 'AWS::S3::Bucket', properties };
  const read = readProperties(bucketSchema, resource);
  checkRules(read.LifecycleConfiguration?.Rules ?? [], resource);
  checkLock(read, resource);
};

const rule = (given: object) => ({
  LifecycleConfiguration: { Rules: [{ Id: 'r', Status: 'Enabled', ...given }] },
});
const retention = (DefaultRetention: object) => ({
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
});
const moves = (StorageClass: string, TransitionInDays: number) => ({
  StorageClass,
  TransitionInDays,
});

describe('given the properties of a bucket', () => {
  it.each([
    ['none', {}],
    ['an expiry', rule({ ExpirationInDays: 2192 })],
    [
      'transitions in order before an expiry',
      rule({
        Transitions: [moves('GLACIER_IR', 0), moves('DEEP_ARCHIVE', 90)],
        ExpirationInDays: 2192,
      }),
    ],
    ['a rule about old versions', rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })],
    ['a retention in years', retention({ Mode: 'GOVERNANCE', Years: 6 })],
  ])('takes %s', (_, properties) => {
    expect(() => check(properties)).not.toThrow();
  });

  it.each([
    ['a rule without an action', rule({}), 'needs at least one action'],
    ['an expiry at once', rule({ ExpirationInDays: 0 }), 'objects expire after days'],
    [
      'an infrequent class before 30 days',
      rule({ Transitions: [moves('STANDARD_IA', 29)] }),
      'after 30 days or more',
    ],
    [
      'an expiry before the last transition',
      rule({ Transitions: [moves('DEEP_ARCHIVE', 90)], ExpirationInDays: 90 }),
      'objects expire after 90 days, before they have moved (90 days)',
    ],
    ['a class that is none', rule({ Transitions: [moves('COLD', 90)] }), 'Transitions'],
    ['a filter by tags, which it would ignore', rule({ TagFilters: [] }), 'TagFilters'],
    [
      'a lock without versions',
      { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Suspended' } },
      'object lock needs versioning',
    ],
    [
      'a retention without a lock',
      { ...retention({ Mode: 'GOVERNANCE', Days: 1 }), ObjectLockEnabled: false },
      'needs ObjectLockEnabled',
    ],
    [
      'a retention of days and years',
      retention({ Mode: 'COMPLIANCE', Days: 1, Years: 1 }),
      'either Days or Years',
    ],
    ['notifications, which it would ignore', { NotificationConfiguration: {} }, 'Notification'],
  ])('refuses %s', (_, properties, problem) => {
    expect(() => check(properties)).toThrow(problem);
  });
});
