import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { FeedAddress } from './feed-client.ts';

export const HELP = `Usage: npm run subscriber -- --api URL --liaison ID [options]

  --api URL          the API, from the stack's output ApiUrl
  --liaison ID       under which id the agency knows you
  --token-file PATH  a file with your token; else it is taken from HOMEWARD_TOKEN
  --journal PATH     where everything is kept (police-subscriber.jsonl)
  --every SECONDS    how often the feed is read (10)
  --once             reads the feed to its end, acknowledges, and leaves
  --sns-port PORT    also takes what SNS posts, on this port of this machine
  --topic ARN        a topic that it is posted from; once for each
`;

export type Options = Readonly<{
  feed: FeedAddress;
  journal: string;
  everySeconds: number;
  once: boolean;
  sns: Readonly<{ port: number; topicArns: readonly string[] }> | null;
}>;

const options = {
  api: { type: 'string' },
  liaison: { type: 'string' },
  'token-file': { type: 'string' },
  journal: { type: 'string', default: 'police-subscriber.jsonl' },
  every: { type: 'string', default: '10' },
  once: { type: 'boolean', default: false },
  'sns-port': { type: 'string' },
  topic: { type: 'string', multiple: true },
} as const;

const wholeNumber = (text: string, name: string): number => {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new Error(`--${name} is a whole number above 0, not ${text}`);
};

/** Reads the command line. Throws, in plain words, where something is missing or wrong. */
export const readOptions = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options => {
  const { values } = parseArgs({ args: [...args], options });
  const { api, liaison, 'token-file': file, 'sns-port': port, topic = [] } = values;
  if (api === undefined || liaison === undefined) throw new Error('give --api and --liaison');
  const token = file === undefined ? environment.HOMEWARD_TOKEN : readFileSync(file, 'utf8').trim();
  if (!token) throw new Error('give --token-file, or the token in HOMEWARD_TOKEN');
  if (port !== undefined && topic.length === 0) {
    throw new Error('give --topic with --sns-port: else anybody could post from a topic of theirs');
  }
  return {
    feed: { apiUrl: api, liaisonId: liaison, token },
    journal: values.journal,
    everySeconds: wholeNumber(values.every, 'every'),
    once: values.once,
    sns: port === undefined ? null : { port: wholeNumber(port, 'sns-port'), topicArns: topic },
  };
};
