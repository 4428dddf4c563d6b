import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Decision, readDecision } from './answers.ts';
import type { FeedAddress } from './feed-client.ts';

export const HELP = `Usage: npm run subscriber -- --api URL --liaison ID [options]

  --api URL          the API, from the stack's output ApiUrl
  --liaison ID       under which id the agency knows you
  --traffic WHICH    which feed: actual (what is real), or exercise; each needs a journal of its own
  --token-file PATH  a file with your token; else it is taken from HOMEWARD_TOKEN
  --journal PATH     where everything is kept (police-subscriber.jsonl, or police-subscriber.exercise.jsonl)
  --every SECONDS    how often the feed is read (10)
  --once             reads the feed to its end, acknowledges, and leaves
  --sns-port PORT    also takes what SNS posts, on this port of this machine
  --topic ARN        a topic that it is posted from; once for each
  --sns-at URL       where SNS's pages are in a local cloud: its console, and /sns
  --push-port PORT   also takes what the agency itself posts, on this port
  --jwks URL         where the agency publishes the keys that it signs posts with
  --answer WHAT      for practice: answers each new incident that is not Actual by itself:
                     accept, or "reject not-our-area"
  --key PATH         a private JWK to sign answers with; else your token has to do

While it runs it takes answers from you, a line each:
  <incident> accept [your reference]
  <incident> reject <cause>
`;

export type Options = Readonly<{
  feed: FeedAddress;
  journal: string;
  everySeconds: number;
  once: boolean;
  sns: Readonly<{ port: number; topicArns: readonly string[]; servedAt: URL | null }> | null;
  push: Readonly<{ port: number; jwksUrl: URL }> | null;
  /** What is answered to each new incident; null: that is for people. */
  answer: Decision | null;
  keyPath: string | undefined;
}>;

const options = {
  api: { type: 'string' },
  liaison: { type: 'string' },
  traffic: { type: 'string', default: 'actual' },
  'token-file': { type: 'string' },
  journal: { type: 'string' },
  every: { type: 'string', default: '10' },
  once: { type: 'boolean', default: false },
  'sns-port': { type: 'string' },
  topic: { type: 'string', multiple: true },
  'sns-at': { type: 'string' },
  'push-port': { type: 'string' },
  jwks: { type: 'string' },
  answer: { type: 'string' },
  key: { type: 'string' },
} as const;

/** Each feed has positions of its own. */
const JOURNALS = {
  actual: 'police-subscriber.jsonl',
  exercise: 'police-subscriber.exercise.jsonl',
} as const;

const readTraffic = (text: string): FeedAddress['traffic'] => {
  if (text === 'actual' || text === 'exercise') return text;
  throw new Error(`--traffic is actual or exercise, not ${text}`);
};

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
  const traffic = readTraffic(values.traffic);
  const { 'push-port': pushPort, jwks } = values;
  if ((pushPort === undefined) !== (jwks === undefined)) {
    throw new Error('give --push-port and --jwks together');
  }
  return {
    feed: { apiUrl: api, liaisonId: liaison, token, traffic },
    journal: values.journal ?? JOURNALS[traffic],
    everySeconds: wholeNumber(values.every, 'every'),
    once: values.once,
    sns:
      port === undefined
        ? null
        : {
            ...{ port: wholeNumber(port, 'sns-port'), topicArns: topic },
            servedAt: values['sns-at'] === undefined ? null : new URL(values['sns-at']),
          },
    push:
      pushPort === undefined || jwks === undefined
        ? null
        : { port: wholeNumber(pushPort, 'push-port'), jwksUrl: new URL(jwks) },
    answer: values.answer === undefined ? null : readDecision(values.answer),
    keyPath: values.key,
  };
};
