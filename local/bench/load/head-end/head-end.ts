// A head-end in a process of its own, so that what it costs is counted apart from the stack.

import type { Hidden } from '../population/hidden.ts';
import { wearerOf } from '../population/wearer.ts';
import { withAlarms } from './alarm-uploads.ts';
import { createDelivery } from './deliver.ts';
import { type HeadEndReply, headEndSettingsSchema, orderSchema, type Phase } from './orders.ts';
import { inPosts, type Post, postOf } from './posts.ts';
import { sendAllAtOnce, sendWhenDue } from './run-posts.ts';
import type { Tally } from './tally.ts';
import {
  backlogUploads,
  beforeBacklog,
  burstUploads,
  historyUploads,
  steadyUploads,
  type Upload,
} from './upload.ts';

const settings = headEndSettingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { seed, backlog } = settings;
const everybody = settings.wearers + backlog.length;
const wearers = Array.from({ length: everybody }, (_, number) => wearerOf(seed, number));
const taken = new Array<number>(everybody).fill(0);
const counted = new Array<number>(everybody).fill(0);
const hidden = new Map<number, Hidden>();
const { deliver } = createDelivery(settings.apiUrl, settings.token);

const numbered = (number: number) => {
  const wearer = wearers[number];
  if (wearer === undefined) throw new Error(`There is no wearer ${number}.`);
  return wearer;
};

const postParts = {
  wearerOf: numbered,
  hiddenOf: (number: number) => hidden.get(number),
  nextSequence: (number: number): number => {
    const sequence = counted[number] ?? 0;
    counted[number] = sequence + 1;
    return sequence;
  },
};

const runParts = {
  deliver,
  isHidden: (number: number) => hidden.has(number),
  onTaken: ({ numbers, fixes }: Post): void => {
    for (const [i, number] of numbers.entries()) {
      taken[number] = (taken[number] ?? 0) + (fixes[i] ?? 0);
    }
  },
};

function* postsOf(groups: readonly Upload[][]): Generator<Post> {
  for (const group of groups) {
    const post = postOf(group, postParts);
    if (post !== null) yield post;
  }
}

const isUrgent = ({ number }: Upload): boolean => hidden.has(number);
const HISTORIES_AT_ONCE = 3;
const BACKLOGS_AT_ONCE = 4;

/** Makes a phase ready; the result sends it. */
const prepare = (phase: Phase): (() => Promise<Tally>) => {
  if (phase.phase === 'history') {
    const first = [
      ...historyUploads(settings.wearers, phase.now),
      ...beforeBacklog(backlog, phase.now),
    ];
    const posts = postsOf(inPosts(first, () => false));
    return () => sendAllAtOnce(posts, { ...runParts, atOnce: HISTORIES_AT_ONCE });
  }
  if (phase.phase === 'backlog') {
    // One device a request: its 720 fixes are all that fits under the API's limit of a thousand.
    const posts = postsOf(backlogUploads(backlog, phase.now).map((upload) => [upload]));
    return () => sendAllAtOnce(posts, { ...runParts, atOnce: BACKLOGS_AT_ONCE });
  }
  if (phase.phase === 'burst') {
    const posts = [...postsOf(inPosts(burstUploads(phase.rota), isUrgent))];
    return () => sendWhenDue(posts, runParts);
  }
  for (const one of phase.hidden) hidden.set(one.number, one);
  const uploads = withAlarms(steadyUploads(phase.rota), {
    hidden: phase.hidden,
    everyMilliseconds: phase.alarmEveryMilliseconds,
    endsAt: phase.rota.endsAt,
  });
  const posts = [...postsOf(inPosts(uploads, isUrgent))].sort((a, b) => a.dueAt - b.dueAt);
  return () => sendWhenDue(posts, runParts);
};

const say = (reply: HeadEndReply): void => {
  process.send?.(reply);
};

const prepared: (() => Promise<Tally>)[] = [];

process.on('message', async (message: unknown) => {
  const told = orderSchema.parse(message);
  if (told.order === 'count') return say({ reply: 'counted', fixes: taken });
  if (told.order === 'prepare') {
    prepared.push(prepare(told.phase));
    return say({ reply: 'prepared' });
  }
  const tally = await prepared.shift()?.();
  if (tally !== undefined) say({ reply: 'sent', tally });
});
// It outlives nobody: when the bench ends, however it ends, so does its head-end.
process.on('disconnect', () => process.exit(0));
