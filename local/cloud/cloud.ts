import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rights } from '#local/iam/rights.ts';
import type { Meter } from '#local/meter/meter.ts';
import { meterFunction } from '#local/meter/meter-cloud.ts';
import { type StandingStack, standingStack } from '#local/meter/standing-stack.ts';
import { type Activity, createActivity } from './activity.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { type CloudAssembly, readAssembly } from './assembly/assembly.ts';
import { synthesize } from './assembly/synthesize.ts';
import type { MovableClock } from './clock/clock.ts';
import { keepClock } from './clock/keep-clock.ts';
import { type OpenDoors, openDoors } from './doors.ts';
import { openDataDirectory } from './durable/data-directory.ts';
import type { Ledger } from './durable/ledger.ts';
import { startDynamoDb } from './engines/dynamodb.ts';
import { findInStack } from './find-in-stack.ts';
import type { CallCounts } from './gateway/call-counts.ts';
import type { Cuts } from './gateway/cuts.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { HttpsHosts } from './posting/carrier.ts';
import { checkTypes, provision } from './resources/provision.ts';
import type { Workbench } from './workbench.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export type CloudOptions = {
  /** The directory with the app's cdk.json. */
  appDirectory: string;
  /**
   * Kept afterwards, with the cloud assembly and a log file per function. Default: a temporary one.
   */
  outDirectory?: string;
  /** CDK context, beside that of cdk.json. */
  context?: Record<string, string>;
  clock: MovableClock;
  log?: Log;
  /** False = run the assembly that is already in `cloudAssembly` or under `outDirectory`. */
  synthesize?: boolean;
  /** A cloud assembly to run instead of synthesizing one. */
  cloudAssembly?: string;
  /**
   * Where tables, queues, secrets, timers and the outbox are kept over restarts. Default: nowhere.
   */
  dataDirectory?: string | undefined;
  /** The API's port; the console's is the next. Default: those of before, or free ones. */
  port?: number | undefined;
  /**
   * By host, the loopback port that stands for it: what topics have for addresses is posted there.
   */
  httpsHosts?: HttpsHosts;
  /** Called when an engine ends, or the data directory cannot be written: stop the cloud then. */
  onFailure?: (error: Error) => void;
};

/** The stack, running on this machine. */
export type Cloud = {
  /** The HTTP API. */
  apiUrl: string;
  /** The local console: `/outbox` and `/outbox.json`. */
  consoleUrl: string;
  /** Where SDK clients call. */
  endpointUrl: string;
  clock: MovableClock;
  agenda: Agenda;
  /** What is kept over restarts. */
  ledger: Ledger;
  /** Ids of the processes that run beside this one. */
  processes: { java: number; keeper: number };
  outbox: Outbox;
  /** The stack's outputs. */
  outputs: Record<string, string>;
  calls: CallCounts;
  /** What the policies allow, and every different right that was asked for so far. */
  rights: Rights;
  /** What AWS would bill for what was done here. */
  meter: Meter;
  /** What AWS would bill for the stack being there. */
  standing: StandingStack;
  /** A secret's value, by logical id, its beginning, or ARN. */
  secret(logicalIdOrArn: string): string;
  tableName(logicalIdPrefix: string): string;
  queueUrl(logicalIdPrefix: string): string;
  /** Cuts off calls of the stack that match, until what it returns is called. */
  cut: Cuts['cut'];
  /** From now on calls the listener with the body of each message that a function is done with. */
  onMessageDone(queueUrl: string, listener: (body: string) => void): void;
  bucketName(logicalIdPrefix: string): string;
  /** Invokes a function and gives its result. Throws with the function's error when it fails. */
  invoke(functionLogicalIdPrefix: string, payload: unknown): Promise<unknown>;
  /** The last lines that the function wrote. */
  functionLogs(functionLogicalIdPrefix: string): string[];
  /** Resolves when nothing is in flight, waiting or due any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const openAssembly = async (
  options: CloudOptions,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<CloudAssembly> => {
  const directory = options.cloudAssembly ?? join(workspace.directory, 'cdk.out');
  if (options.cloudAssembly === undefined && options.synthesize !== false) {
    const { appDirectory, context = {} } = options;
    await synthesize({ appDirectory, context, outDirectory: directory, signal });
  }
  const assembly = await readAssembly(directory);
  checkTypes(assembly.template);
  return assembly;
};

type StackParts = {
  clock: MovableClock;
  activity: Activity;
  agenda: Agenda;
  log: Log;
  workspace: Workspace;
  assembly: CloudAssembly;
};

const runStack = async (parts: StackParts, doors: OpenDoors) => {
  const { assembly, workspace } = parts;
  const logDirectory = workspace.keepsLogs ? join(workspace.directory, 'logs') : undefined;
  if (logDirectory !== undefined) await mkdir(logDirectory, { recursive: true });
  const watchFor: Workbench['watchFor'] = (logicalId, memoryMegabytes) =>
    meterFunction(doors.meter, { logicalId, memoryMegabytes });
  const bench = {
    ...parts,
    ...doors,
    watchFor,
    startedAt: parts.clock.now(),
    assetDirectory: assembly.assetDirectory,
    logDirectory,
  };
  return provision(assembly.template, bench);
};

/** What fails after the first failure fails because of it. */
const failOnce = (tell: (error: Error) => void): ((error: Error) => void) => {
  let hasFailed = false;
  return (error) => {
    if (!hasFailed) tell(error);
    hasFailed = true;
  };
};

/**
 * Synthesizes the CDK app and runs its template: real DynamoDB Local and fauxqs, the functions'
 * bundles in worker threads, driven by the template's own event sources, schedules and routes, on
 * `clock`. Throws, and leaves nothing running, when the template holds something that cannot be
 * run.
 */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { clock, log = () => undefined } = options;
  const workspace = await openWorkspace(options.outDirectory);
  const closing: (() => Promise<void> | void)[] = [workspace.remove];
  const onFailure = failOnce(options.onFailure ?? ((error) => log(error.message)));
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const data = await openDataDirectory(options.dataDirectory, onFailure);
    const { ledger } = data;
    closing.push(data.close, keepClock(clock, ledger));
    const starting = startDynamoDb({ directory: data.tables, onEnd: onFailure });
    const stopped = () => undefined;
    closing.push(() => starting.then((engine) => engine.stop(), stopped));
    const cutShort = new AbortController();
    const opening = openAssembly(options, workspace, cutShort.signal);
    closing.push(() => {
      cutShort.abort();
      return opening.then(stopped, stopped);
    });
    // Java starts while the app synthesizes; whichever fails first is what the caller hears of.
    const [dynamoDb, assembly] = await Promise.all([starting, opening]);
    const activity = createActivity(log);
    const agenda = createAgenda({ clock, activity, log });
    closing.push(agenda.stop);
    await workspace.noteJava(dynamoDb.processes.java);
    const common = { clock, activity, agenda, ledger, log, assembly, dynamoDb };
    const doors = await openDoors({
      ...common,
      port: options.port,
      httpsHosts: options.httpsHosts ?? {},
      objectDirectory: data.objects,
      onOpen: (close) => closing.push(close),
    });
    closing.push(activity.stop);
    const { outputs } = await runStack({ ...common, workspace }, doors);
    doors.restore();
    await ledger.flushed();
    const isNothingDue = () => (agenda.nextDueAt() ?? Number.POSITIVE_INFINITY) > clock.now();
    activity.addCheck('agenda', isNothingDue);
    const { settled } = activity;
    closing.push(clock.follow({ nextDueAt: agenda.nextDueAt, settled }));
    return {
      ...{ clock, agenda, ledger, outputs, settled, stop },
      processes: dynamoDb.processes,
      apiUrl: doors.apiUrl,
      consoleUrl: doors.consoleUrl,
      endpointUrl: doors.endpointUrl,
      outbox: doors.outbox,
      calls: doors.calls,
      rights: doors.enforcement.rights,
      meter: doors.meter,
      standing: standingStack(assembly.template),
      cut: doors.cut,
      onMessageDone: doors.onMessageDone,
      ...findInStack(doors.registry),
    };
  } catch (error) {
    // Record: the caller hears of it, and nothing is left running.
    await stop();
    throw error;
  }
};
