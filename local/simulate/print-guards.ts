import type { Terminal } from '../start/terminal.ts';
import { GUARDS } from './guards/all.ts';
import type { Guard } from './guards/guard.ts';
import { type Found, huntWithout } from './hunt-guard.ts';

const NAME_CELLS = 36;

const lineOf = ({ name, unseen }: Guard, { seed, promise }: Found): string => {
  const cell = name.padEnd(NAME_CELLS);
  if (seed !== null) return `  ${cell} ${String(seed).padStart(5)}  ${promise}`;
  const why = unseen === undefined ? 'NOT CAUGHT' : `${unseen.why} ${unseen.test}`;
  return `  ${cell}     -  ${why}`;
};

/**
 * Takes guards away, one after another, and prints how many worlds it took until a promise was
 * broken. False where one was missed by nobody, and nothing is said of why.
 */
export const printGuards = async (
  terminal: Terminal,
  guards: readonly Guard[],
  most: number,
): Promise<boolean> => {
  terminal.line(`  ${'without'.padEnd(NAME_CELLS)} seeds  what was broken first`);
  let isSound = true;
  for (const [i, guard] of guards.entries()) {
    terminal.passing(`  ${guard.name} (${i + 1} of ${guards.length})`);
    const found = guard.unseen === undefined ? await huntWithout(guard, most) : UNSEEN;
    terminal.line(lineOf(guard, found));
    isSound &&= found.seed !== null || guard.unseen !== undefined;
  }
  return isSound;
};

const UNSEEN: Found = { seed: null, promise: null };

/** The guard of a name. Throws in plain words where there is none. */
export const guardNamed = (name: string): Guard => {
  const found = GUARDS.find((guard) => guard.name === name);
  if (found === undefined) {
    throw new Error(`no guard ${name}; there are ${GUARDS.map((guard) => guard.name).join(', ')}`);
  }
  return found;
};
