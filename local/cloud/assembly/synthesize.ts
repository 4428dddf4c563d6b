import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import * as z from 'zod';
import { ACCOUNT_ID, DEFAULT_REGION } from '../place.ts';

const cdkJsonSchema = z.looseObject({
  app: z.string(),
  context: z.record(z.string(), z.unknown()).default({}),
});

export type SynthesisRequest = {
  /** The directory with cdk.json. */
  appDirectory: string;
  outDirectory: string;
  context: Readonly<Record<string, string>>;
  /** Ends it before its time. */
  signal?: AbortSignal;
};

const readCdkJson = async (appDirectory: string) => {
  const path = join(appDirectory, 'cdk.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    // Record: whoever started it reads which file is missing.
    throw new Error(`The CDK app needs a cdk.json, and ${path} cannot be read: ${error}`);
  });
  return cdkJsonSchema.parse(JSON.parse(text));
};

// Node prints the whole line of source with an error, and the CDK's are thousands of characters
// long.
const LONGEST_SHOWN_CHARACTERS = 400;

const readable = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.trim() !== '' && line.length <= LONGEST_SHOWN_CHARACTERS)
    .join('\n');

/**
 * Runs the app that cdk.json names, as the CDK command line does, and leaves its cloud assembly.
 */
export const synthesize = async (request: SynthesisRequest): Promise<void> => {
  const { app, context } = await readCdkJson(request.appDirectory);
  const child = spawn(app, {
    cwd: request.appDirectory,
    shell: true,
    ...(request.signal && { signal: request.signal, killSignal: 'SIGKILL' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // The app's `node` is the Node that runs us, whatever the machine has on its path.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      CDK_OUTDIR: request.outDirectory,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...request.context }),
      CDK_DEFAULT_ACCOUNT: ACCOUNT_ID,
      CDK_DEFAULT_REGION: process.env.CDK_DEFAULT_REGION ?? DEFAULT_REGION,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0)
    throw new Error(
      `"${app}" did not synthesize the stack. Mend what it says here, and start again:\n` +
        readable(output),
    );
};
