import * as z from 'zod';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { errorName, type Log } from '../adapters/log/log.ts';
import { TEST_ACTIVATION } from './set-up.ts';

/** The answer of the door: its status, and its body as JSON where it has one. */
export type Answer = Readonly<{ status: number; body: unknown }>;

export type UploadDeps = Readonly<{
  /** Sends a body to the door of device events. */
  post: (body: string, token: string) => Promise<Answer>;
  makeToken: (now: Instant) => Promise<string>;
  log: Log;
}>;

const answerSchema = z.object({ accepted: z.literal(2) });
/** Another sandbox has made a token of its own since. */
const UNKNOWN_TOKEN = new Set([401, 403]);

/** The strap is closed, which ends what the round before began, and a second later it is open. */
const bodyOf = (startedAt: Instant): string => {
  const status = (strap: string, recordedAt: Instant) =>
    JSON.stringify({
      ...{ kind: 'device-status', activationId: TEST_ACTIVATION },
      ...{ recordedAt: toIso(recordedAt), strap },
    });
  return `${status('closed', secondsAfter(startedAt, -1))}\n${status('open', startedAt)}\n`;
};

/**
 * Sends the events of a round through the door that head-ends use. True: they were accepted. The
 * token is made by the first upload of a sandbox, and anew where it is not known any more.
 */
export const upload = ({ post, makeToken, log }: UploadDeps) => {
  let token: string | null = null;
  const send = async (startedAt: Instant): Promise<Answer> => {
    token ??= await makeToken(startedAt);
    return post(bodyOf(startedAt), token);
  };
  return async (startedAt: Instant): Promise<boolean> => {
    try {
      const first = await send(startedAt);
      if (UNKNOWN_TOKEN.has(first.status)) token = null;
      const { status, body } = token === null ? await send(startedAt) : first;
      const isAccepted = answerSchema.safeParse(body).success;
      if (!isAccepted) log.warn('test events not accepted', { status });
      return isAccepted;
    } catch (error) {
      // Record: that events are not accepted is what the canary is there to find.
      log.warn('test events not accepted', { error: errorName(error) });
      return false;
    }
  };
};
export type Upload = ReturnType<typeof upload>;
