import { type Deliver, pause } from './deliver.ts';
import type { Post } from './posts.ts';
import { createTally, type Tally } from './tally.ts';

export type RunParts = Readonly<{
  deliver: Deliver;
  isHidden: (number: number) => boolean;
  /** Called with each request that was taken. */
  onTaken: (post: Post) => void;
}>;

/** So many requests may be under way at once before a head-end waits for answers. */
const MOST_UNDER_WAY = 64;

const sending = ({ deliver, isHidden, onTaken }: RunParts) => {
  const tally = createTally(isHidden);
  const send = async (post: Post): Promise<void> => {
    tally.began(post, Date.now());
    try {
      tally.delivered(post, await deliver(post));
      onTaken(post);
    } catch (error) {
      // Record: it counts as undelivered, which fails the run.
      tally.failed(error);
    }
  };
  return { send, tally };
};

/** Sends each request when it is due, in real time. */
export const sendWhenDue = async (posts: readonly Post[], parts: RunParts): Promise<Tally> => {
  const { send, tally } = sending(parts);
  const underWay = new Set<Promise<void>>();
  for (const post of posts) {
    const early = post.dueAt - Date.now();
    if (early > 0) await pause(early);
    while (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay);
    const sent: Promise<void> = send(post).finally(() => underWay.delete(sent));
    underWay.add(sent);
  }
  await Promise.all(underWay);
  return tally.read();
};

/**
 * Sends requests as fast as they are answered, so many at a time; each is made when its turn comes.
 */
export const sendAllAtOnce = async (
  posts: Iterable<Post>,
  parts: RunParts & Readonly<{ atOnce: number }>,
): Promise<Tally> => {
  const { send, tally } = sending(parts);
  const next = posts[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let post = next.next(); post.done !== true; post = next.next()) await send(post.value);
  };
  await Promise.all(Array.from({ length: parts.atOnce }, work));
  return tally.read();
};
