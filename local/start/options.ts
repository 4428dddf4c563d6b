import { parseArgs } from 'node:util';

export type StartOptions = Readonly<{ once: boolean; help: boolean }>;

export const HELP = `Homeward on this machine: the whole stack, and a demo day replayed through it.

  npm start                replay the demo day, then stay up on real time until Ctrl-C
  npm start -- --once      replay, compare with what must come out, stop;
                           exit code 0 only if it is the same
  npm start -- --help      this text

No Docker and no call to AWS: the stack's own template runs on DynamoDB Local and a local
SQS and SNS. Nothing leaves the machine: text messages and e-mails end in an outbox that
you can read.
NO_COLOR=1 turns colours off.`;

/** Reads the command line. Throws in plain words on an option that there is not. */
export const parseOptions = (args: readonly string[]): StartOptions => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { once: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      strict: true,
    });
    return { once: values.once ?? false, help: values.help ?? false };
  } catch (error) {
    // Record: the caller shows it; nothing has started yet.
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${reason}. There are --once and --help.`);
  }
};
