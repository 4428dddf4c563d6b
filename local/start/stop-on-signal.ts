import type { Cloud } from '../cloud/cloud.ts';
import type { Terminal } from './terminal.ts';

/** As a shell reports a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const FAILED = 1;
/** What cannot be stopped in this time ends with the process; Java's keeper sees to Java. */
const LONGEST_STOP_MILLISECONDS = 10_000;

export type Ending = Readonly<{
  /** True from the first signal on: what fails then fails because everything is being ended. */
  isStopping: () => boolean;
  /** Says why, and ends everything with exit code 1. */
  fail: (error: Error) => void;
}>;

/**
 * Ends the cloud, also one that is still starting, and then the process: on a signal, a second one
 * at once, and when the cloud has failed.
 */
export const stopOnSignal = (cloud: () => Promise<Cloud>, terminal: Terminal): Ending => {
  let isStopping = false;
  const end = (code: number): void => {
    isStopping = true;
    const exit = () => process.exit(code);
    setTimeout(exit, LONGEST_STOP_MILLISECONDS).unref();
    // Record: a cloud that failed to start or to stop is told by whoever waits for it.
    cloud()
      .then((started) => started.stop())
      .then(exit, exit);
  };
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (isStopping) process.exit(code);
      terminal.line();
      terminal.line('Stopping ...');
      end(code);
    });
  }
  const fail = (error: Error): void => {
    if (isStopping) return;
    terminal.line(terminal.paint('red', error.message));
    end(FAILED);
  };
  return { isStopping: () => isStopping, fail };
};
