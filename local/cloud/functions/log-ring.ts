import { appendFile } from 'node:fs/promises';

/** The last lines that a function wrote, and all of them in a file when one is named. */
export type LogRing = { write(text: string): void; lines(): string[]; flushed(): Promise<void> };

const KEPT_LINES = 5000;

/** Keeps nothing: the log of a function that may not write one. */
export const createLogSink = (): LogRing => ({
  write: () => undefined,
  lines: () => [],
  flushed: async () => undefined,
});

export const createLogRing = (filePath?: string): LogRing => {
  let kept: string[] = [];
  let partial = '';
  let written: Promise<unknown> = Promise.resolve();
  return {
    write: (text) => {
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      kept.push(...lines);
      if (kept.length > 2 * KEPT_LINES) kept = kept.slice(-KEPT_LINES);
      if (filePath === undefined) return;
      // Record: a full disk must not stop the functions; the ring still has the lines.
      written = written.then(() => appendFile(filePath, text)).catch(() => undefined);
    },
    lines: () => (partial === '' ? kept : [...kept, partial]).slice(-KEPT_LINES),
    flushed: async () => {
      await written;
    },
  };
};
