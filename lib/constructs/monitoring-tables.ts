import { ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { dueShards } from '../thresholds.ts';
import { EncryptedTable, type IndexProps } from './encrypted-table.ts';
import type { EncryptionKeys } from './encryption-keys.ts';

export type MonitoringTables = {
  /** One item per wearer: everything that the next fold needs. */
  readonly state: EncryptedTable;
  /** Orders, zones, people, violations, alerts, outbox: what the office speaks of. */
  readonly monitoring: EncryptedTable;
  /** Where wearers were, in slices. */
  readonly trail: EncryptedTable;
  /** The append-only case log: nobody has the right to change or delete an entry. */
  readonly record: EncryptedTable;
  /** The record's links: one function may add to it, and none change or delete what is there. */
  readonly chain: EncryptedTable;
  /** One counter a token, of what it has sent this minute: all that the intake may write. */
  readonly allowance: EncryptedTable;
  /** What the auditor and the canary remember: nothing that they watch is in it. */
  readonly vigil: EncryptedTable;
};

/** Sparse: only what waits for an instant is in it. Sharded, so that one sweep does not stall. */
const dueIndex: IndexProps = {
  name: 'due',
  partitionKey: 'dueShard',
  sortKey: 'nextDueAt',
  projection: ProjectionType.KEYS_ONLY,
  partitions: dueShards,
};

const listIndex: IndexProps = {
  name: 'list',
  partitionKey: 'listKey',
  sortKey: 'listAt',
  projection: ProjectionType.ALL,
  // New and changed alerts are nearly all open ones.
  partitions: 1,
};

/** Every entry and every seal by the entry's day: what has only one of the two is not sealed. */
const entriesIndex: IndexProps = {
  name: 'entries',
  partitionKey: 'entryDay',
  projection: ProjectionType.KEYS_ONLY,
  partitions: dueShards,
};

const linksIndex: IndexProps = {
  name: 'links',
  partitionKey: 'sealedDay',
  sortKey: 'sealedAt',
  projection: ProjectionType.KEYS_ONLY,
  partitions: dueShards,
};

export const createTables = (
  scope: Construct,
  config: Config,
  keys: EncryptionKeys,
): MonitoringTables => {
  // Few writes, or in bursts: capacity set aside would be idle.
  const onDemand: Config = { ...config, billing: 'on-demand' };
  const state = new EncryptedTable(scope, 'StateTable', { config, key: keys.tracks });
  state.addIndex(dueIndex);

  const monitoring = new EncryptedTable(scope, 'MonitoringTable', {
    config,
    key: keys.cases,
    sortKey: 'sk',
    stream: StreamViewType.NEW_IMAGE,
    // Links and codes that nobody can use any more.
    goneAt: 'goneAt',
  });
  monitoring.addIndex(dueIndex);
  monitoring.addIndex(listIndex);

  const trail = new EncryptedTable(scope, 'TrailTable', {
    config,
    key: keys.tracks,
    sortKey: 'sk',
  });
  trail.addIndex(dueIndex);

  const record = new EncryptedTable(scope, 'RecordTable', {
    config,
    key: keys.audit,
    sortKey: 'sk',
    stream: StreamViewType.NEW_IMAGE,
  });
  record.addIndex(entriesIndex);

  const chain = new EncryptedTable(scope, 'ChainTable', {
    config: onDemand,
    key: keys.audit,
    sortKey: 'sk',
  });
  chain.addIndex(linksIndex);

  return {
    state,
    monitoring,
    trail,
    record,
    chain,
    allowance: new EncryptedTable(scope, 'AllowanceTable', { config: onDemand, key: keys.cases }),
    vigil: new EncryptedTable(scope, 'VigilTable', { config: onDemand, key: keys.cases }),
  };
};
