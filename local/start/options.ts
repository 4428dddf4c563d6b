import { parseArgs } from 'node:util';

export type StartOptions = Readonly<{
  once: boolean;
  help: boolean;
  /** How many times faster than life the day goes; undefined = as fast as it can. */
  speed: number | undefined;
  /** No demo day: the stack alone, on the machine's own time. */
  realTime: boolean;
  dataDirectory: string | undefined;
  port: number | undefined;
  /** Ports of this machine by the liaisons whose exercises are posted there. */
  postTo: Readonly<Record<string, number>>;
}>;

export const HELP = `Homeward on this machine: the whole stack, and a demo day replayed through it.

  npm start                 replay the demo day as fast as it goes, then stay up on
                            real time until Ctrl-C
  npm start -- --once       replay, compare with what must come out, stop;
                            exit code 0 only if it is the same
  npm start -- --speed 60   replay the day 60 times faster than life; 1 is as it was.
                            What this machine takes counts 60 times, too: pages come
                            later than with --once alone
  npm start -- --real-time  no demo day: the stack alone, empty, on this machine's time
  npm start -- --data DIR   keep everything in DIR, and go on from there when DIR has
                            something: also after kill -9, in the middle of the day
  npm start -- --port 8080  the API on this port, the outbox page on the next
  npm start -- --post-to metropolitan=9000
                            what this liaison is told is posted to that port of this
                            machine, as SNS posts it, and not put on its queue
  npm start -- --help       this text

No Docker and no call to AWS: the stack's own template runs on DynamoDB Local and a local
SQS and SNS. Nothing leaves the machine: text messages and e-mails end in an outbox that
you can read.
NO_COLOR=1 turns colours off.`;

const THERE_ARE =
  'There are --once, --speed N, --real-time, --data DIR, --port N, --post-to NAME=PORT and --help.';
const HIGHEST_PORT = 65_534;

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new Error(`${name} takes a number above 0, not "${text}"`);
};

const portOf = (text: string | undefined): number | undefined => {
  const port = numberOf('--port', text);
  if (port === undefined || (Number.isInteger(port) && port <= HIGHEST_PORT)) return port;
  throw new Error(`--port takes a whole number up to ${HIGHEST_PORT}, not "${text}"`);
};

/** `metropolitan=9000`: a liaison, and the port that it listens on. */
const posting = (text: string): [liaison: string, port: number] => {
  const [, liaison, port] = /^([a-z0-9-]+)=(\d+)$/.exec(text) ?? [];
  const listening = portOf(port);
  if (liaison !== undefined && listening !== undefined) return [liaison, listening];
  throw new Error(`--post-to takes a liaison and a port, as metropolitan=9000, not "${text}"`);
};

const read = (args: readonly string[]): StartOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      speed: { type: 'string' },
      'real-time': { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string' },
      'post-to': { type: 'string', multiple: true, default: [] },
    },
    strict: true,
  });
  const { once, help, 'real-time': realTime, data } = values;
  const speed = numberOf('--speed', values.speed);
  if (realTime && (once || speed !== undefined)) {
    throw new Error('--real-time replays nothing, so it goes with neither --once nor --speed');
  }
  if (data === '') throw new Error('--data takes a directory');
  const postTo = Object.fromEntries(values['post-to'].map(posting));
  return { once, help, speed, realTime, dataDirectory: data, port: portOf(values.port), postTo };
};

/** Reads the command line. Throws in plain words on an option that there is not. */
export const parseOptions = (args: readonly string[]): StartOptions => {
  try {
    return read(args);
  } catch (error) {
    // Record: the caller shows it; nothing has started yet.
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${reason}. ${THERE_ARE}`);
  }
};
