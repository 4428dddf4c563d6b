import type { Cloud } from '../cloud/cloud.ts';
import type { Terminal } from './terminal.ts';

/** As a shell reports a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export type Signals = Readonly<{
  /** True from the first signal on: what fails then fails because everything is being ended. */
  isStopping: () => boolean;
}>;

/**
 * Ends the cloud, also one that is still starting, and then the process; a second signal at once.
 */
export const stopOnSignal = (starting: Promise<Cloud>, terminal: Terminal): Signals => {
  let isStopping = false;
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (isStopping) process.exit(code);
      isStopping = true;
      terminal.line();
      terminal.line('Stopping ...');
      const exit = () => process.exit(code);
      // Record: a cloud that failed to start or to stop is told by whoever waits for it.
      starting.then((cloud) => cloud.stop()).then(exit, exit);
    });
  }
  return { isStopping: () => isStopping };
};
