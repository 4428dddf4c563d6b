import { deviceFix } from '../population/device-fix.ts';
import type { Hidden } from '../population/hidden.ts';
import type { Wearer } from '../population/wearer.ts';
import type { Upload } from './upload.ts';

/** One request, ready to be sent: whose uploads it holds, and how many fixes of each. */
export type Post = Readonly<{
  dueAt: number;
  body: Buffer;
  numbers: readonly number[];
  fixes: readonly number[];
}>;

export type PostParts = Readonly<{
  wearerOf: (number: number) => Wearer;
  hiddenOf: (number: number) => Hidden | undefined;
  /** The next number of a device's own count. */
  nextSequence: (number: number) => number;
}>;

/**
 * The fixes of an upload, one JSON object a line; those that a device could not take are not there.
 */
const linesOf = (upload: Upload, parts: PostParts): string[] => {
  const wearer = parts.wearerOf(upload.number);
  const hidden = parts.hiddenOf(upload.number);
  return upload.fixAts.flatMap((at) => {
    const sequence = parts.nextSequence(upload.number);
    const fix = deviceFix({ wearer, hidden, at, sequence });
    return fix === null ? [] : [JSON.stringify(fix)];
  });
};

/** Uploads in one request; null where none of them has a fix. It is due with the last of them. */
export const postOf = (uploads: readonly Upload[], parts: PostParts): Post | null => {
  const lines = uploads.map((upload) => linesOf(upload, parts));
  const filled = uploads.flatMap((upload, i) => {
    const own = lines[i] ?? [];
    return own.length === 0 ? [] : [{ number: upload.number, fixes: own.length }];
  });
  if (filled.length === 0) return null;
  return {
    dueAt: Math.max(...uploads.map(({ dueAt }) => dueAt)),
    body: Buffer.from(lines.flat().join('\n')),
    numbers: filled.map(({ number }) => number),
    fixes: filled.map(({ fixes }) => fixes),
  };
};

/** How many devices' uploads a head-end puts into one request, when there are so many. */
const WEARERS_A_POST = 20;
/** It waits no longer than this for more of them. */
const LONGEST_WAIT_MILLISECONDS = 1_000;
/** The API takes no more events at once. */
const MOST_FIXES_A_POST = 1_000;

/**
 * Puts uploads, in order, into requests as a head-end would: several devices each, sent once a
 * second at the latest. Those of hidden wearers stand alone: what may be an alarm waits for nobody.
 */
export const inPosts = (
  uploads: readonly Upload[],
  isUrgent: (upload: Upload) => boolean,
): Upload[][] => {
  const posts: Upload[][] = [];
  let open: Upload[] = [];
  let fixes = 0;
  const close = (): void => {
    if (open.length > 0) posts.push(open);
    open = [];
    fixes = 0;
  };
  for (const upload of uploads) {
    if (isUrgent(upload)) {
      posts.push([upload]);
      continue;
    }
    const waits = upload.dueAt - (open[0]?.dueAt ?? upload.dueAt);
    const isFull =
      open.length === WEARERS_A_POST || fixes + upload.fixAts.length > MOST_FIXES_A_POST;
    if (isFull || waits > LONGEST_WAIT_MILLISECONDS) close();
    open.push(upload);
    fixes += upload.fixAts.length;
  }
  close();
  return posts;
};
