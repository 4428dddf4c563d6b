import { open } from 'node:fs/promises';
import { type Ask, type Asking, nextOf, refusedBy } from '../history/ask-api.ts';
import type { Fetching } from './options.ts';

type Tools = Readonly<{
  ask: Ask;
  /** Told after each page of how many lines there are by now. */
  told: (lines: number) => void;
}>;

const READABLE_FOR_ITS_OWNER = 0o600;

const pathOf = (asked: Omit<Fetching, 'api' | 'token'>): string => {
  const { wearerId, chain, withDocuments = false, by, reason } = asked;
  const beside = withDocuments ? { with: 'documents' } : {};
  const query = new URLSearchParams({ chain, ...beside, by, reason });
  return wearerId === null ? `/v1/record?${query}` : `/v1/wearers/${wearerId}/record?${query}`;
};

/**
 * Streams an export into a file, page by page; the file must not be there yet. Throws where
 * a page is refused: what was written until then has no last line, and no verifier takes it.
 */
export const fetchRecord = async (
  { ask, told }: Tools,
  path: string,
  asked: Omit<Fetching, 'api' | 'token'>,
): Promise<void> => {
  const file = await open(path, 'wx', READABLE_FOR_ITS_OWNER);
  try {
    let next: string | null = pathOf(asked);
    for (let lines = 0; next !== null; ) {
      const asking: Asking = { method: 'GET', path: next };
      const answer = await ask(asking);
      if (answer.status !== 200) throw refusedBy(asking, answer);
      await file.writeFile(answer.text);
      lines += answer.text.split('\n').length - 1;
      told(lines);
      next = nextOf(answer.link);
    }
  } finally {
    await file.close();
  }
};
