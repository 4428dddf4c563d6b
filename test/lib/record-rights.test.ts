import { describe, expect, it } from 'vitest';
import { flatten, type HeldStatement, statementsOf } from './policies.ts';
import { everythingChosen, referredTo, synthesize } from './synthesized.ts';

/** Every action of DynamoDB that can change or end an item, or a whole table. */
const ENDING =
  /^dynamodb:(\*|UpdateItem|DeleteItem|BatchWriteItem|Partiql|DeleteTable|UpdateTable|Restore|Import|UpdateTimeToLive|\w*\*)/;

const isOn =
  (table: string) =>
  ({ Resource = [] }: HeldStatement) =>
    Resource.some((on) => referredTo(on)?.startsWith(table) || flatten(on) === '*');

const actionsOn = (statements: readonly HeldStatement[], table: string): string[] => [
  ...new Set(statements.filter(isOn(table)).flatMap(({ Action }) => Action)),
];

describe.each([
  ['as it comes', {}],
  ['with everything chosen', everythingChosen],
])('the stack %s', (_, context) => {
  const { config, ...stack } = synthesize(context);
  const statements = statementsOf({ config, ...stack }).filter(({ Effect }) => Effect === 'Allow');
  const holdersOf = (action: string, table: string): string[] => [
    ...new Set(
      statements
        .filter(isOn(table))
        .filter(({ Action }) => Action.includes(action))
        .map(({ holder }) => holder.split('/')[0] ?? ''),
    ),
  ];

  const isErasing = ({ holder }: HeldStatement): boolean => holder.startsWith('Erase/');

  it('lets no role change or delete a link', () => {
    expect(actionsOn(statements, 'ChainTable').filter((action) => ENDING.test(action))).toEqual([]);
  });

  it('lets no role change or delete an entry, but for the one that erases', () => {
    const others = statements.filter((statement) => !isErasing(statement));
    expect(actionsOn(others, 'RecordTable').filter((action) => ENDING.test(action))).toEqual([]);
  });

  it('lets that one delete what is said of people, and nothing beside it: no seal', () => {
    const erasing = statements.filter(isErasing).filter(isOn('RecordTable'));
    const ending = erasing.filter(({ Action }) => Action.some((action) => ENDING.test(action)));
    const keys = ['WEARER', 'READINGS', 'IMPORTED'].map((kind) => `${kind}#*`);
    expect(ending).toEqual([
      expect.objectContaining({
        Action: ['dynamodb:DeleteItem'],
        Condition: {
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': keys.map((key) => `${config.agency}#${key}`),
          },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    ]);
  });

  it('lets one function alone put links', () => {
    expect(holdersOf('dynamodb:PutItem', 'ChainTable')).toEqual(['Seal']);
  });

  it('lets whoever seals put no entry, only that one is sealed', () => {
    const puts = statements
      .filter(isOn('RecordTable'))
      .filter(({ holder, Action }) => holder.startsWith('Seal/') && Action[0]?.includes('Put'));
    expect(puts.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${config.agency}#SEALED#*`] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
  });

  it('lets one function alone sign, and put anchors, which nobody may delete or unlock', () => {
    const withAction = (action: string): string[] =>
      statements.filter(({ Action }) => Action.includes(action)).map(({ holder }) => holder);
    expect(withAction('kms:Sign')).toEqual(['Seal/FunctionRole/DefaultPolicy']);
    const onAnchors = statements.filter(({ Resource = [] }) =>
      Resource.some((on) => JSON.stringify(on).includes('AnchorBucket')),
    );
    expect(onAnchors.map(({ holder, Action }) => [holder, Action])).toEqual([
      ['Seal/FunctionRole/DefaultPolicy', ['s3:GetObject', 's3:PutObject']],
    ]);
  });

  it('lets no role end a lock, a bucket, a key, or what a policy says of them', () => {
    const UNDOING = [
      /^s3:(\*|Bypass\w*|PutObjectRetention|PutObjectLegalHold|PutBucketObjectLock\w*|PutBucketVersioning)$/,
      /^s3:(PutBucketPolicy|DeleteBucket\w*|PutLifecycle\w*|DeleteObjectVersion\w*|PutReplication\w*)$/,
      /^kms:(\*|ScheduleKeyDeletion|DisableKey|PutKeyPolicy|CreateGrant|UpdatePrimaryRegion)$/,
      /^iam:(?!PassRole$)/,
    ];
    const undoing = statements.flatMap(({ holder, Action, Resource = [] }) =>
      Action.filter((action) => UNDOING.some((one) => one.test(action)))
        .filter(() =>
          Resource.some((on) => /Anchor|RecordArchive|RecordTable|\*/.test(flatten(on))),
        )
        .map((action) => `${holder} ${action}`),
    );
    // Each key's own policy leaves its administration to the account, as KMS asks for.
    const byRoles = undoing.filter((one) => !/^\w+Key(?:\/Key)? kms:\*$/.test(one));
    expect(byRoles).toEqual([]);
  });

  it.each(['AnchorBucket', 'RecordArchive'])('locks %s for as long as the agency says', (name) => {
    const [, bucket] = stack.ofType('AWS::S3::Bucket').find(([id]) => id === name) ?? [];
    expect(bucket?.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: config.recordLockDays } },
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(config.recordLockDays).toBe(config.onDelete === 'destroy' ? 1 : 2192);
  });

  it('signs on a curve, with a key that is for nothing else', () => {
    const signing = stack
      .ofType('AWS::KMS::Key')
      .filter(([, { Properties }]) => Properties.KeyUsage === 'SIGN_VERIFY');
    expect(signing.map(([, { Properties }]) => Properties.KeySpec)).toEqual(['ECC_NIST_P256']);
  });
});
