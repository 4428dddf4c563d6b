import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const resultSchema = z.array(z.looseObject({ quick_check: z.string() }));

/** What is wrong with this SQLite file; undefined when it is whole. */
const damageOf = (path: string): string | undefined => {
  try {
    const database = new DatabaseSync(path);
    const [first] = resultSchema.parse(database.prepare('PRAGMA quick_check(1)').all());
    database.close();
    return first?.quick_check === 'ok' ? undefined : first?.quick_check;
  } catch (error) {
    // Record: a file that cannot be read at all is damaged, too.
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Checks the files in which tables or objects are kept: over a damaged one DynamoDB Local would
 * start, and then never answer. Throws with the file and what is wrong with it.
 */
export const checkTables = (directory: string): void => {
  for (const name of readdirSync(directory).filter((one) => one.endsWith('.db'))) {
    const path = join(directory, name);
    const damage = damageOf(path);
    if (damage === undefined) continue;
    throw new Error(
      `${path} is damaged (${damage.split('\n').at(-1)}). ` +
        'Put a copy of the data directory in its place, or begin anew in another one.',
    );
  }
};
