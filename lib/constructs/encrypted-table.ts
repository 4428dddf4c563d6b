import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  type ProjectionType,
  type StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { tableCapacity } from '../thresholds.ts';
import { allow, allowKeyUse } from './allow.ts';
import { removalPolicy } from './removal.ts';

type ReadOperation = 'BatchGetItem' | 'GetItem' | 'Query';
type WriteOperation =
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'PutItem'
  | 'UpdateItem';

export type EncryptedTableProps = {
  readonly config: Config;
  readonly key: Key;
  /** Without one the table holds one item per `pk`. */
  readonly sortKey?: 'sk';
  readonly stream?: StreamViewType;
  /** The attribute, in epoch seconds, after which an item that has it may be removed. */
  readonly goneAt?: 'goneAt';
};

export type IndexProps = {
  readonly name: string;
  readonly partitionKey: string;
  /** A number: an instant in epoch milliseconds. Without one a partition has no order. */
  readonly sortKey?: string;
  readonly projection: ProjectionType;
  /** How many partition keys its writes spread over: each takes only so many a second. */
  readonly partitions: number;
};

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
const number = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });

/** A table under one of our keys, with point-in-time recovery, and rights given as verbs. */
export class EncryptedTable extends Table {
  readonly #key: Key;
  readonly #provisioned: boolean;
  readonly #indexes: IndexProps[] = [];

  constructor(scope: Construct, id: string, props: EncryptedTableProps) {
    const { config, key, sortKey, stream, goneAt } = props;
    const removal = removalPolicy(config);
    const provisioned = config.billing === 'provisioned';
    super(scope, id, {
      partitionKey: text('pk'),
      ...(sortKey && { sortKey: text(sortKey) }),
      ...(stream && { stream }),
      ...(goneAt && { timeToLiveAttribute: goneAt }),
      billingMode: provisioned ? BillingMode.PROVISIONED : BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removal === RemovalPolicy.RETAIN,
      removalPolicy: removal,
    });
    this.#key = key;
    this.#provisioned = provisioned;
    if (provisioned) {
      scaleOnUse(this.autoScaleReadCapacity(capacityRange));
      scaleOnUse(this.autoScaleWriteCapacity(capacityRange));
    }
  }

  get indexes(): readonly IndexProps[] {
    return this.#indexes;
  }

  /** Calls refused for want of capacity: the table's own, and writes of its indexes. */
  throttleMetrics(period: Duration): readonly Metric[] {
    const own = ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
      this.metric(name, { period, statistic: Stats.SUM }),
    );
    const ofIndexes = this.#indexes.map(({ name }) =>
      this.#ofIndex(name, 'WriteThrottleEvents', period),
    );
    return [...own, ...ofIndexes];
  }

  /** Units that an index's writes took. */
  indexWrites(index: string, period: Duration): Metric {
    return this.#ofIndex(index, 'ConsumedWriteCapacityUnits', period);
  }

  #ofIndex(index: string, metricName: string, period: Duration): Metric {
    return new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: this.tableName, GlobalSecondaryIndexName: index },
      statistic: Stats.SUM,
      period,
    });
  }

  addIndex(index: IndexProps): void {
    const { name, partitionKey, sortKey, projection } = index;
    this.#indexes.push(index);
    this.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      ...(sortKey && { sortKey: number(sortKey) }),
      projectionType: projection,
    });
    if (!this.#provisioned) return;
    scaleOnUse(this.autoScaleGlobalSecondaryIndexReadCapacity(name, capacityRange));
    scaleOnUse(this.autoScaleGlobalSecondaryIndexWriteCapacity(name, capacityRange));
  }

  allowReading(grantee: IGrantable, ...operations: readonly ReadOperation[]): void {
    this.#allow(grantee, operations, this.tableArn);
    allowKeyUse(grantee, { key: this.#key, through: 'dynamodb', to: 'read' });
  }

  /** A transaction's parts need the rights of the single operations, and no other. */
  allowWriting(grantee: IGrantable, ...operations: readonly WriteOperation[]): void {
    this.#allow(grantee, operations, this.tableArn);
    allowKeyUse(grantee, { key: this.#key, through: 'dynamodb', to: 'write' });
  }

  /** As `allowWriting`, but of these partitions alone; a star stands for anything. */
  allowWritingOf(
    grantee: IGrantable,
    partitions: readonly string[],
    ...operations: readonly WriteOperation[]
  ): void {
    const actions = operations.map((operation) => `dynamodb:${operation}`);
    const conditions = {
      // Without a partition every one of none would fit.
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    };
    allow(grantee, { actions, resources: [this.tableArn], conditions });
    allowKeyUse(grantee, { key: this.#key, through: 'dynamodb', to: 'write' });
  }

  allowQueryingIndex(grantee: IGrantable, index: string): void {
    this.#allow(grantee, ['Query'], `${this.tableArn}/index/${index}`);
    allowKeyUse(grantee, { key: this.#key, through: 'dynamodb', to: 'read' });
  }

  /** Gives the stream's ARN. @throws when the table has no stream */
  allowReadingStream(grantee: IGrantable): string {
    if (!this.tableStreamArn) throw new Error(`${this.node.path} has no stream to read`);
    this.#allow(grantee, ['DescribeStream', 'GetRecords', 'GetShardIterator'], this.tableStreamArn);
    // DynamoDB knows no resource for this one action.
    this.#allow(grantee, ['ListStreams'], '*');
    allowKeyUse(grantee, { key: this.#key, through: 'dynamodb', to: 'read' });
    return this.tableStreamArn;
  }

  #allow(grantee: IGrantable, operations: readonly string[], resource: string): void {
    const actions = operations.map((operation) => `dynamodb:${operation}`);
    allow(grantee, { actions, resources: [resource] });
  }
}

const capacityRange = {
  minCapacity: tableCapacity.minimum,
  maxCapacity: tableCapacity.maximum,
};

const scaleOnUse = (capacity: ReturnType<Table['autoScaleReadCapacity']>): void =>
  capacity.scaleOnUtilization({ targetUtilizationPercent: tableCapacity.targetUsePercent });
