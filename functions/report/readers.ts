import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LiaisonId } from '#domain/model/ids.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { alertPages } from '../adapters/dynamodb/alert-histories.ts';
import { caseAsAt } from '../adapters/dynamodb/case-as-at.ts';
import { decisionStore } from '../adapters/dynamodb/decisions.ts';
import { deviceActivations } from '../adapters/dynamodb/device-activations.ts';
import { deviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { firstPaged } from '../adapters/dynamodb/first-paged.ts';
import { liaisons } from '../adapters/dynamodb/liaisons.ts';
import { listedAlerts } from '../adapters/dynamodb/listed-alerts.ts';
import { onWearers } from '../adapters/dynamodb/on-wearers.ts';
import { parkedStretches } from '../adapters/dynamodb/parked-stretches.ts';
import { people } from '../adapters/dynamodb/people.ts';
import { policeCalls } from '../adapters/dynamodb/police-calls.ts';
import { readRecord } from '../adapters/dynamodb/read-record.ts';
import { sealedNames } from '../adapters/dynamodb/sealed-names.ts';
import { setAside } from '../adapters/dynamodb/set-aside.ts';
import { histories, timelines } from '../adapters/dynamodb/supervisions.ts';
import { trail } from '../adapters/dynamodb/trail.ts';
import { documentsAsAt } from '../adapters/dynamodb/versions.ts';
import { wearerStates } from '../adapters/dynamodb/wearer-states.ts';
import { wearerVersions } from '../adapters/dynamodb/wearer-versions.ts';
import { wearerViolations } from '../adapters/dynamodb/wearer-violations.ts';
import { loadProgressFacts } from '../adapters/progress-facts.ts';
import type { Objects } from '../adapters/s3/objects.ts';
import { trailArchive } from '../adapters/s3/trail-archive.ts';
import { trailDays } from '../adapters/trail-days.ts';
import { wholeSlices } from '../adapters/whole-slices.ts';
import type { ReportReaders } from './content-of.ts';
import type { AgencyReaders } from './gather-agency.ts';
import type { CaseReaders } from './gather-case.ts';
import type { WearerReaders } from './gather-wearer.ts';

/** Where everything lies that reports are made of, and what the agency's own numbers go by. */
export type Sources = Readonly<{
  client: DynamoDBClient;
  tables: Readonly<{ monitoring: string; record: string; state: string; trail: string }>;
  /** The bucket of the trail's archive. */
  objects: Objects;
  now: Clock;
  /** The police forces that the agency calls. */
  forces: readonly LiaisonId[];
  falseCallBudget: number;
}>;

const wearerReaders = ({ client, tables, objects, now }: Sources): WearerReaders => {
  const { monitoring, record } = tables;
  return {
    loadDocumentAt: documentsAsAt(client, monitoring),
    loadHistory: histories(client, monitoring),
    loadTimeline: timelines(client, monitoring),
    loadParkedStretches: parkedStretches(client, monitoring),
    loadPages: alertPages(client, monitoring),
    loadKnown: people(client, monitoring).loadKnown,
    loadDeviceActivations: deviceActivations(client, monitoring),
    readRecord: readRecord(client, record),
    loadSealedNames: sealedNames(client, record),
    violations: wearerViolations(client, monitoring),
    wearerVersions: wearerVersions(client, monitoring),
    readTrailDays: trailDays({
      loadState: wearerStates(client, tables.state).loadOne,
      table: trail(client, tables.trail),
      loadSetAside: setAside(client, tables.trail),
      archive: trailArchive(objects),
      now,
    }),
  };
};

const agencyReaders = ({ client, tables, forces, falseCallBudget }: Sources): AgencyReaders => {
  const { monitoring } = tables;
  return {
    ...{ forces, falseCallBudget },
    loadListed: listedAlerts(client, monitoring),
    loadFirstPaged: firstPaged(client, monitoring),
    loadPoliceCalls: policeCalls(client, monitoring),
    loadOnWearers: onWearers(client, monitoring),
    loadKnown: people(client, monitoring).loadKnown,
    loadLiaison: liaisons(client, monitoring).load,
    loadDeviceBatches: deviceBatches(client, monitoring),
  };
};

const caseReaders = ({ client, tables, objects, now }: Sources): CaseReaders => {
  const { monitoring } = tables;
  return {
    loadCaseAsAt: caseAsAt(client, monitoring),
    loadProgressFacts: loadProgressFacts({
      loadHistory: histories(client, monitoring),
      loadParkedStretches: parkedStretches(client, monitoring),
      wearerViolations: wearerViolations(client, monitoring),
      decisions: decisionStore(client, monitoring),
      loadSlices: wholeSlices({
        loadState: wearerStates(client, tables.state).loadOne,
        table: trail(client, tables.trail),
        archive: trailArchive(objects),
        now,
      }),
    }),
  };
};

/** What all kinds of reports are read by, over the tables and the archive. */
export const reportReaders = (sources: Sources): ReportReaders => {
  return {
    ofWearer: wearerReaders(sources),
    ofAgency: agencyReaders(sources),
    ofCase: caseReaders(sources),
  };
};
