import type { Terminal } from '../start/terminal.ts';
import { GUARDS } from './guards/all.ts';
import type { Guard } from './guards/guard.ts';
import { huntWithout } from './hunt-guard.ts';

const NAME_CELLS = 36;

/** How a guard was missed: by a world, or by its own test; null: by nobody. */
const missed = async (guard: Guard, most: number): Promise<string | null> => {
  const { unseen } = guard;
  if (unseen !== undefined) {
    const { failuresWithout } = await import('./test-without.ts');
    const failures = await failuresWithout(guard, unseen.test);
    return failures === 0 ? null : `    -  ${failures} red in ${unseen.test}. ${unseen.why}`;
  }
  const { seed, promise } = await huntWithout(guard, most);
  return seed === null ? null : `${String(seed).padStart(5)}  ${promise}`;
};

/**
 * Takes guards away, one after another, and prints how many worlds it took until a promise was
 * broken; where no world can tell, whether the guard's own test can. False where one was missed by
 * nobody.
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
    const how = await missed(guard, most);
    terminal.line(`  ${guard.name.padEnd(NAME_CELLS)} ${how ?? '    -  NOT CAUGHT'}`);
    isSound &&= how !== null;
  }
  return isSound;
};

/** The guard of a name. Throws in plain words where there is none. */
export const guardNamed = (name: string): Guard => {
  const found = GUARDS.find((guard) => guard.name === name);
  if (found === undefined) {
    throw new Error(`no guard ${name}; there are ${GUARDS.map((guard) => guard.name).join(', ')}`);
  }
  return found;
};
