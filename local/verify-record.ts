import { readFile } from 'node:fs/promises';
import { askApi } from './history/ask-api.ts';
import { fetchRecord } from './record/fetch-record.ts';
import { keyIdOf } from './record/node-crypto.ts';
import { HELP, readOptions } from './record/options.ts';
import { exitCodeOf, sayVerdicts, sayWhatWasInForce } from './record/say-verdict.ts';
import { verifyFile } from './record/verify-file.ts';

const args = process.argv.slice(2);

const COULD_NOT_BE_READ = 2;

const told = (did: string) => (lines: number) => console.error(`${lines} lines ${did}`);

const run = async (): Promise<number> => {
  const options = readOptions(args, process.env.HOMEWARD_TOKEN);
  const { file, publicKey, chain, end, at, fetching } = options;
  const keyId = publicKey === null ? options.keyId : keyIdOf(await readFile(publicKey, 'utf8'));
  if (fetching !== null) {
    await fetchRecord({ ask: askApi(fetching), told: told('fetched') }, file, fetching);
  }
  const began = performance.now();
  const verdicts = await verifyFile(file, { chain, keyId, end }, told('verified'));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const isKeyKnown = keyId !== null;
  const inForce = at === null ? [] : sayWhatWasInForce(verdicts, at);
  for (const line of [...sayVerdicts(verdicts, isKeyKnown), ...inForce]) console.log(line);
  console.error(`${seconds} s, at most ${megabytes} MB of memory`);
  return exitCodeOf(verdicts, isKeyKnown);
};

if (args.length === 0 || args.includes('--help')) {
  console.log(HELP);
} else {
  try {
    process.exitCode = await run();
  } catch (error) {
    // Record: whoever ran it reads why it went no further.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = COULD_NOT_BE_READ;
  }
}
