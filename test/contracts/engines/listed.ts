import { readFile } from 'node:fs/promises';

const README = new URL('../../../local/cloud/README.md', import.meta.url);

/** Whether the README names this difference under "Where it differs from AWS". */
export const isListed = async (words: string): Promise<boolean> => {
  const text = await readFile(README, 'utf8');
  const [, differences = ''] = text.split('## Where it differs from AWS');
  return differences.replaceAll(/\s+/g, ' ').includes(words);
};
