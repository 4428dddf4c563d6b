const NEEDED = 'Java 17 or later is needed to run DynamoDB Local';
const WHERE = 'see https://adoptium.net, or install openjdk-17-jre-headless';

/** Java's own words that tell why it did not start, and what to say of them. */
const KNOWN: readonly [sign: RegExp, problem: string][] = [
  [/could not be started: .*ENOENT/, `${NEEDED}, and there is no "java" on the path: ${WHERE}.`],
  [
    /UnsupportedClassVersionError/,
    `${NEEDED}, and the "java" on the path is older (java -version says which): ${WHERE}.`,
  ],
  [/No space left on device|SQLITE_FULL/, 'The disk is full: make room, then start again.'],
];

/** What was said last, in brackets; empty when nothing was. */
export const lastLine = (said: string): string => {
  const line = said.trim().split('\n').at(-1)?.trim() ?? '';
  return line === '' ? '' : ` (It said: ${line.slice(0, 200)})`;
};

/** Why DynamoDB Local ended before it answered, in plain words where they are known. */
export const startProblem = (said: string): Error => {
  const known = KNOWN.find(([sign]) => sign.test(said));
  return new Error(known?.[1] ?? `DynamoDB Local ended at once. It said:\n${said}`);
};
