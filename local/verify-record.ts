import { readFile } from 'node:fs/promises';
import { askApi } from './history/ask-api.ts';
import { fetchRecord } from './record/fetch-record.ts';
import { keyIdOf } from './record/node-crypto.ts';
import { HELP, readOptions } from './record/options.ts';
import { sayVerdict } from './record/say-verdict.ts';
import { verifyFile } from './record/verify-file.ts';

const args = process.argv.slice(2);

const told = (did: string) => (lines: number) => console.error(`${lines} lines ${did}`);

const run = async (): Promise<boolean> => {
  const { file, publicKey, chain, fetching } = readOptions(args, process.env.HOMEWARD_TOKEN);
  const keyId = publicKey === null ? null : keyIdOf(await readFile(publicKey, 'utf8'));
  if (fetching !== null) {
    await fetchRecord({ ask: askApi(fetching), told: told('fetched') }, file, fetching);
  }
  const began = performance.now();
  const verdict = await verifyFile(file, { chain, keyId }, told('verified'));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  for (const line of sayVerdict(verdict, keyId !== null)) console.log(line);
  console.error(`${seconds} s, at most ${megabytes} MB of memory`);
  return verdict.problems === 0;
};

if (args.length === 0 || args.includes('--help')) {
  console.log(HELP);
} else {
  try {
    if (!(await run())) process.exitCode = 1;
  } catch (error) {
    // Record: whoever ran it reads why it went no further.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
