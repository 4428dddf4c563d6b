/** The functions. The same words name folders, constructs, metrics and logs. */
export const verbs = [
  'ingest',
  'evaluate',
  'escalate',
  'notify',
  'deliver',
  'reply',
  'sweep',
  'archive',
  'report',
  'seal',
  'erase',
  'audit',
  'canary',
  'api',
  'authorize',
] as const;
export type Verb = (typeof verbs)[number];

type Size = { readonly timeoutSeconds: number; readonly memoryMegabytes: number };

/**
 * Time and memory of each function. 512 MB gives about a third of a vCPU; where it differs the
 * reason stands beside it.
 */
export const sizes: Readonly<Record<Verb, Size>> = {
  // An HTTP API gives up after 30 s; a function that runs on would work for nobody.
  ingest: { timeoutSeconds: 29, memoryMegabytes: 512 },
  api: { timeoutSeconds: 29, memoryMegabytes: 512 },
  // Geometry and odds are arithmetic: with twice the processor it takes half the time it pays for.
  // A failed message comes again after six timeouts: ten seconds make that one minute.
  evaluate: { timeoutSeconds: 10, memoryMegabytes: 1024 },
  escalate: { timeoutSeconds: 10, memoryMegabytes: 512 },
  notify: { timeoutSeconds: 30, memoryMegabytes: 512 },
  // A run stops of itself after 15 s, and hands on; one post takes three.
  deliver: { timeoutSeconds: 30, memoryMegabytes: 512 },
  reply: { timeoutSeconds: 10, memoryMegabytes: 512 },
  // Ends before the next minute's sweep starts.
  sweep: { timeoutSeconds: 55, memoryMegabytes: 512 },
  // A whole processor, for it packs and hashes; ends before the next quarter of an hour's run.
  archive: { timeoutSeconds: 840, memoryMegabytes: 1769 },
  // Hashes; the anchor of a large agency's hour reads and writes some ten thousand items.
  // Its archiving goes through all chains of a day.
  seal: { timeoutSeconds: 840, memoryMegabytes: 1024 },
  // What it could not finish in this time it goes on with in the next run.
  erase: { timeoutSeconds: 840, memoryMegabytes: 1024 },
  // A whole processor, for it sets pages; a year of a wearer's trail is gone through, day by day.
  report: { timeoutSeconds: 300, memoryMegabytes: 1769 },
  // Ends before the next minute's look starts.
  audit: { timeoutSeconds: 55, memoryMegabytes: 512 },
  // An upload gets ten seconds, and is made twice at most.
  canary: { timeoutSeconds: 29, memoryMegabytes: 512 },
  // API Gateway waits 10 s for an authorizer.
  authorize: { timeoutSeconds: 10, memoryMegabytes: 512 },
};

/** AWS asks for six times the function's timeout, so that no batch is seen twice while it runs. */
export const visibilitySeconds = (verb: Verb): number => 6 * sizes[verb].timeoutSeconds;
