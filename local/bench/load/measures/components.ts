import { descendantsNamed, threadSeconds, type Use, type Uses, useOf } from './processes.ts';

/** Threads of Node itself: garbage collection, compilation, files and names. */
const RUNTIME_THREADS = /^(V8Worker|libuv-worker|DelayedTask|SignalInspector|node)/;

/** CPU by what works in the stack's process: its own thread, each function's, and Node's. */
const inProcess = (processId: number): Map<string, number> => {
  const seconds = new Map<string, number>();
  for (const [thread, used] of threadSeconds(processId)) {
    const name =
      thread === 'main'
        ? 'doors, gateway and queues (main thread)'
        : RUNTIME_THREADS.test(thread)
          ? "Node's own threads"
          : `functions: ${thread}`;
    seconds.set(name, (seconds.get(name) ?? 0) + used);
  }
  return seconds;
};

/** What every component has used so far. */
export const usesNow = (headEndProcessId: number): Uses => {
  const uses: Record<string, Use> = {};
  for (const [name, cpuSeconds] of inProcess(process.pid))
    uses[name] = { cpuSeconds, memoryBytes: 0 };
  uses['the stack, all its threads'] = useOf(process.pid);
  for (const id of descendantsNamed(process.pid, 'java')) uses['DynamoDB Local (Java)'] = useOf(id);
  uses['head-end (generator)'] = useOf(headEndProcessId);
  return uses;
};

/** CPU between two looks, in cores on average, and memory at the second. */
export const coresBetween = (
  before: Uses,
  after: Uses,
  seconds: number,
): Readonly<Record<string, Readonly<{ cores: number; memoryBytes: number }>>> =>
  Object.fromEntries(
    Object.entries(after).map(([name, { cpuSeconds, memoryBytes }]) => [
      name,
      { cores: (cpuSeconds - (before[name]?.cpuSeconds ?? 0)) / seconds, memoryBytes },
    ]),
  );
