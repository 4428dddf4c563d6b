import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type HeadEndOrder,
  type HeadEndReply,
  type HeadEndSettings,
  headEndReplySchema,
  type Phase,
} from './orders.ts';
import type { Tally } from './tally.ts';

/** The head-end process, as the bench uses it. */
export type HeadEnd = Readonly<{
  processId: number;
  /** Makes the requests of a phase; what it takes is not part of any measurement. */
  prepare: (phase: Phase) => Promise<void>;
  /** Sends the phases in the order in which they were prepared. */
  send: () => Promise<Tally>;
  /** By wearer's number: fixes that were taken so far. */
  countTaken: () => Promise<readonly number[]>;
  stop: () => void;
}>;

const nextReply = (child: ChildProcess): Promise<HeadEndReply> =>
  new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit);
      resolve(headEndReplySchema.parse(message));
    };
    const onExit = (code: number | null): void => {
      child.off('message', onMessage);
      reject(new Error(`The head-end's process ended with ${code}; what it said is above.`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });

export const startHeadEnd = (settings: HeadEndSettings): HeadEnd => {
  const path = fileURLToPath(new URL('./head-end.ts', import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], { execArgv: ['--max-old-space-size=8192'] });
  const ask = (order: HeadEndOrder): Promise<HeadEndReply> => {
    const reply = nextReply(child);
    child.send(order);
    return reply;
  };
  return {
    processId: child.pid ?? 0,
    prepare: async (phase) => {
      await ask({ order: 'prepare', phase });
    },
    send: async () => {
      const answer = await ask({ order: 'send' });
      if (answer.reply === 'sent') return answer.tally;
      throw new Error('The head-end had nothing prepared to send.');
    },
    countTaken: async () => {
      const answer = await ask({ order: 'count' });
      return answer.reply === 'counted' ? answer.fixes : [];
    },
    stop: () => {
      child.kill();
    },
  };
};
