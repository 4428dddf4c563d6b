import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { contractFiles } from './contract/contract-files.ts';
import { CONTRACTS } from './contract/released.ts';
import { CONTRACT_VERSION } from './contract/version.ts';

const { values } = parseArgs({ options: { release: { type: 'boolean', default: false } } });

const writeInto = (folder: string): void => {
  for (const [path, text] of contractFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

rmSync(join(CONTRACTS, 'schemas'), { recursive: true, force: true });
writeInto(CONTRACTS);
if (values.release) {
  const folder = join(CONTRACTS, 'released', CONTRACT_VERSION);
  rmSync(folder, { recursive: true, force: true });
  writeInto(folder);
}
