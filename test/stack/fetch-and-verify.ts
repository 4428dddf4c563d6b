import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '#domain/record/verdict.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { askApi } from '#local/history/ask-api.ts';
import { fetchRecord } from '#local/record/fetch-record.ts';
import { verifyFile } from '#local/record/verify-file.ts';

/** Of w-1 alone, unless somebody else is named; null: a chain of the agency's own. */
type More = Readonly<{ wearerId?: string | null; withDocuments?: boolean }>;

/** Fetches a chain as anybody would, and verifies what came, by nothing else. */
export const fetchAndVerify = async (
  cloud: Pick<Cloud, 'apiUrl' | 'secret'>,
  chain: string,
  { wearerId = 'w-1', withDocuments = false }: More = {},
): Promise<Readonly<{ verdict: Verdict; verdicts: readonly Verdict[]; text: string }>> => {
  const folder = await mkdtemp(join(tmpdir(), 'record-'));
  const file = join(folder, 'chain.ndjson');
  const ask = askApi({ api: cloud.apiUrl, token: cloud.secret('AdministratorToken') });
  const asking = { wearerId, chain, withDocuments, by: 'o-1', reason: 'appeal' };
  try {
    await fetchRecord({ ask, told: () => undefined }, file, asking);
    const verdicts = await verifyFile(file, { chain: null, keyId: null }, () => undefined);
    return { verdict: verdicts[0], verdicts, text: await readFile(file, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
};
