import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Reply } from '../reply.ts';
import { lastLine, startProblem } from './dynamodb-problems.ts';
import { freePort } from './free-port.ts';

/** AWS's own DynamoDB Local, in memory or over a directory, in a Java process of its own. */
export type DynamoDbEngine = {
  /** The process that holds the tables, and the one that ends it with this one. */
  processes: { java: number; keeper: number };
  /** Passes a request on as it is. */
  forward(headers: Readonly<Record<string, string>>, body: Buffer): Promise<Reply>;
  /**
   * Calls an operation of DynamoDB or of its streams for the local cloud itself. Throws on an
   * error.
   */
  call(operation: string, input: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords']);
const START_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 25;
const OWN_AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=LocalCloud/20200101/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=none';

const targetOf = (operation: string): string =>
  STREAM_OPERATIONS.has(operation)
    ? `DynamoDBStreams_20120810.${operation}`
    : `DynamoDB_20120810.${operation}`;

const post = (agent: Agent, port: number) => (headers: Record<string, string>, body: Buffer) =>
  new Promise<Reply>((resolve, reject) => {
    const outgoing = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: '/', headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const kept: Record<string, string> = {};
          for (const [name, value] of Object.entries(incoming.headers)) {
            if (typeof value === 'string' && name !== 'date') kept[name] = value;
          }
          const status = incoming.statusCode ?? 500;
          resolve({ status, headers: kept, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const caller =
  (send: ReturnType<typeof post>): DynamoDbEngine['call'] =>
  async (operation, input) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': targetOf(operation),
      authorization: OWN_AUTHORIZATION,
    };
    const reply = await send(headers, Buffer.from(JSON.stringify(input)));
    const text = reply.body.toString();
    if (reply.status !== 200) throw new Error(`${operation} failed (${reply.status}): ${text}`);
    return JSON.parse(text);
  };

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const untilItAnswers = async (
  ask: () => Promise<unknown>,
  keeper: ChildProcess,
  said: () => string,
): Promise<void> => {
  const deadline = performance.now() + START_MILLISECONDS;
  for (;;) {
    if (hasEnded(keeper)) throw startProblem(said());
    if (performance.now() > deadline) {
      throw new Error(`DynamoDB Local did not answer within a minute. It said:\n${said()}`);
    }
    try {
      await ask();
      return;
    } catch {
      // Retry: Java needs a second or two until it listens.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
};

const endKeeper = async (keeper: ChildProcess): Promise<void> => {
  if (hasEnded(keeper)) return;
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.stdin?.end();
  await ended;
};

/**
 * Runs are short: Java's quick compiler and simple collector start a third sooner than its usual
 * ones, and serve twice the writes in the first minute (measured: 2,600 against 1,300 a second).
 */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

const keeperEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  DDB_LOCAL_TELEMETRY: '0',
  JAVA_TOOL_OPTIONS: `${JAVA_OPTIONS} ${process.env.JAVA_TOOL_OPTIONS ?? ''}`,
});

export type DynamoDbOptions = {
  /** Where its tables are kept; undefined = in memory. */
  directory: string | undefined;
  /** Called when it ends without having been told to. */
  onEnd: (error: Error) => void;
};

const spawnKeeper = (port: number, directory: string | undefined) => {
  const keeperPath = fileURLToPath(new URL('./dynamodb-keeper.ts', import.meta.url));
  const keeper = spawn(process.execPath, [keeperPath, String(port), directory ?? ''], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C must not end the database while functions still finish.
    detached: true,
    windowsHide: true,
    env: keeperEnvironment(),
  });
  let output = '';
  let javaPid = 0;
  const listen = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
    javaPid ||= Number(/^java (\d+)$/m.exec(output)?.[1] ?? 0);
  };
  keeper.stdout.on('data', listen);
  keeper.stderr.on('data', listen);
  // The pipe breaks when the keeper ends first; its exit is what counts.
  keeper.stdin.on('error', () => undefined);
  return { keeper, said: () => output, javaPid: () => javaPid };
};

/** Ends Java when its keeper can no longer do so. */
const endJava = (pid: number): void => {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // Record: it has ended with its keeper, as it should.
  }
};

const endedEarly = (signal: NodeJS.Signals | null, said: string, isKept: boolean): Error => {
  const how = signal === null ? lastLine(said) : ` (its keeper was ended by ${signal})`;
  const todo = isKept
    ? 'Start again with the same data directory: it goes on from there.'
    : 'Its tables were in memory and are gone: start again.';
  return new Error(`DynamoDB Local was ended${how}, and this cloud with it. ${todo}`);
};

/** Starts DynamoDB Local on a free port and waits until it answers. */
export const startDynamoDb = async (options: DynamoDbOptions): Promise<DynamoDbEngine> => {
  const { directory, onEnd } = options;
  const port = await freePort();
  const { keeper, said, javaPid } = spawnKeeper(port, directory);
  const agent = new Agent({ keepAlive: true });
  const send = post(agent, port);
  const call = caller(send);
  let isStopping = false;
  keeper.once('exit', () => endJava(javaPid()));
  try {
    await untilItAnswers(() => call('ListTables', {}), keeper, said);
  } catch (error) {
    // Record: the caller hears what Java said, and no process is left.
    await endKeeper(keeper);
    throw error;
  }
  keeper.once('exit', (_code, signal) => {
    if (!isStopping) onEnd(endedEarly(signal, said(), directory !== undefined));
  });
  return {
    processes: { java: javaPid(), keeper: keeper.pid ?? 0 },
    forward: (headers, body) => send({ ...headers }, body),
    call,
    stop: async () => {
      isStopping = true;
      agent.destroy();
      await endKeeper(keeper);
    },
  };
};
