import { deliveries } from '#lib/thresholds.ts';
import { visibilitySeconds } from '#lib/verbs.ts';
import { type Commit, type SimulatedDynamoDb, simulatedDynamoDb } from '../dynamodb/database.ts';
import { TABLES } from '../dynamodb/tables.ts';
import type { Agenda } from '../engine/agenda.ts';
import type { Dice } from '../engine/dice.ts';
import { network } from '../engine/network.ts';
import type { Weather } from '../engine/weather.ts';
import { conflictOf, isRecognised, type Services } from '../services/clients.ts';
import { simulatedScheduler, simulatedSecrets, simulatedSqs } from '../services/messaging.ts';
import { type SimulatedQueue, simulatedQueue } from '../services/queue.ts';
import { queueSource } from '../services/queue-source.ts';
import { streamSource } from '../services/stream-source.ts';
import { deployFunctions, type Told } from './deployed.ts';
import type { SimulatedVerb } from './environment.ts';
import { pageOfEvent } from './page-of-event.ts';
import { isForEscalate, isForNotify, streamOf } from './stream.ts';
import { eachMinute, sweeps } from './sweeps.ts';

export type SystemProps = Readonly<{
  seed: number;
  agenda: Agenda;
  dice: Dice;
  weather: Weather;
  /** Numbers whose owners have sent STOP. */
  optedOut: ReadonlySet<string>;
  /** What is cut off in this world: timers of queues and schedules, or the sweep. */
  without: Readonly<{ timers: boolean; sweeps: boolean }>;
  /** Whether the auditor and the canary look each minute, from the start on. */
  isWatched: boolean;
  startAt: number;
  onCommit: (commit: Commit) => void;
  onTold: (told: Told) => void;
  log: (line: string) => void;
}>;

const LAG_SHARE = 0.3;
const MOST_LAG_MILLISECONDS = 2_500;
const SHORT_PAGE_SHARE = 0.2;
const USUAL_PAGE = 1_000;

type Listeners = ((commit: Commit) => void)[];

const startDatabase = ({ agenda, dice }: SystemProps, listeners: Listeners): SimulatedDynamoDb =>
  simulatedDynamoDb({
    tables: TABLES,
    now: agenda.now,
    lagMilliseconds: () => (dice.happens(LAG_SHARE) ? dice.below(MOST_LAG_MILLISECONDS) : 0),
    mostItems: () => (dice.happens(SHORT_PAGE_SHARE) ? dice.between(1, 5) : USUAL_PAGE),
    onCommit: (commit) => {
      for (const listener of listeners) listener(commit);
    },
  });

type Pumps = Map<string, () => void>;

const startQueues = (props: SystemProps, pumps: Pumps): Map<string, SimulatedQueue> => {
  const { agenda, dice, weather, without } = props;
  const queue = (name: string, seconds: number): SimulatedQueue =>
    simulatedQueue({
      ...{ name, agenda, dice, weather, visibilitySeconds: seconds },
      losesDelayed: without.timers,
      onVisible: () => pumps.get(name)?.(),
      mostReceives: deliveries.receivesBeforeDeadLetter,
    });
  const all = [
    queue('events', visibilitySeconds('evaluate')),
    queue('deadlines', visibilitySeconds('escalate')),
    queue('deliveries', visibilitySeconds('deliver')),
    queue('returned', visibilitySeconds('canary')),
    queue('texts', visibilitySeconds('reply')),
    queue('events-dead', visibilitySeconds('evaluate')),
  ];
  return new Map(all.map((one) => [one.name, one]));
};

type Deployed = ReturnType<typeof deployFunctions>;

const readStreams = (props: SystemProps, { functionOf }: Deployed, listeners: Listeners): void => {
  const { agenda, dice, weather } = props;
  const reading = { agenda, dice, weather, mostRetries: deliveries.streamRetries };
  const sources = [
    streamSource({ ...reading, consumer: functionOf('escalate'), filter: isForEscalate }),
    streamSource({ ...reading, consumer: functionOf('notify'), filter: isForNotify }),
  ];
  const stream = streamOf((record) => {
    for (const { put } of sources) put(record);
  });
  listeners.push(stream);
};

const pumpQueues = (
  { agenda }: SystemProps,
  { functionOf }: Deployed,
  { queues, pumps }: Readonly<{ queues: Map<string, SimulatedQueue>; pumps: Pumps }>,
): void => {
  for (const [name, verb] of [
    ['events', 'evaluate'] as const,
    ['deadlines', 'escalate'] as const,
    ['deliveries', 'deliver'] as const,
    ['texts', 'reply'] as const,
    ['returned', 'canary'] as const,
  ]) {
    const take = () => queues.get(name)?.take() ?? [];
    pumps.set(name, queueSource({ take, consumer: functionOf(verb), agenda }));
  }
};

/** The whole system: every function as it is deployed, over simulated services. */
export const startSystem = (props: SystemProps) => {
  const { agenda, dice, weather, without, log } = props;
  const listeners: Listeners = [props.onCommit];
  const pumps: Pumps = new Map();
  const db = startDatabase(props, listeners);
  const queues = startQueues(props, pumps);
  const services: Omit<Services, 'sns' | 'voice'> = {
    dynamodb: db.answer,
    sqs: simulatedSqs(queues),
    scheduler: simulatedScheduler(queues, { agenda, dice, weather, isLost: without.timers }),
    secrets: simulatedSecrets,
  };
  const deployed = deployFunctions({
    ...{ agenda, dice, services, log, optedOut: props.optedOut },
    onTold: (told) => {
      if (told.to === 'arn:canary') queues.get('returned')?.send(told.text);
      props.onTold(told);
    },
    pageOf: pageOfEvent(db),
    network: network({ ...{ agenda, weather, dice, seed: props.seed }, conflictOf, isRecognised }),
  });
  pumpQueues(props, deployed, { queues, pumps });
  readStreams(props, deployed, listeners);
  if (!without.sweeps) {
    listeners.push(sweeps({ agenda, weather, db, consumer: deployed.functionOf('sweep') }));
  }
  for (const verb of props.isWatched ? (['audit', 'canary'] as const) : []) {
    eachMinute({ agenda, weather, from: props.startAt, consumer: deployed.functionOf(verb) });
  }
  return {
    db,
    call: (verb: 'api' | 'ingest', request: unknown) => deployed.functionOf(verb).invoke(request),
    /** A text to our number, or what became of a message, as the network hands it over. */
    handIn: (message: object): void => queues.get('texts')?.send(JSON.stringify(message)),
    /** What was handed in and given up after its last try. */
    isGivenUp: (message: object): boolean =>
      queues.get('texts')?.dead.includes(JSON.stringify(message)) ?? false,
    setDown: (verb: SimulatedVerb, to: boolean) => deployed.functionOf(verb).setDown(to),
    deploy: deployed.replaceAll,
  };
};
export type System = ReturnType<typeof startSystem>;
