/** A piece of the code that keeps a promise; and the code as it would be without it. */
export type Guard = Readonly<{
  name: string;
  file: string;
  text: string;
  without: string;
  /** Another, in the same file, that stands for it: they are taken away together. */
  beside?: Readonly<{ text: string; without: string }>;
  /** Why no run can tell, where none can: then a test of its own holds it. */
  unseen?: Readonly<{ why: string; test: string }> | undefined;
}>;

export const STORE = 'functions/adapters/dynamodb';

const cutOut = ({ name, file }: Guard, { text, without }: Cut, source: string): string => {
  const pieces = source.split(text);
  if (pieces.length === 2) return pieces.join(without);
  const times = pieces.length - 1;
  throw new Error(`guard ${name} is ${times} times in ${file}: mend the list of guards`);
};
type Cut = Readonly<{ text: string; without: string }>;

/** The text of a guard's file without the guard. Throws where it is not there, or twice. */
export const takenAway = (guard: Guard, source: string): string => {
  const without = cutOut(guard, guard, source);
  return guard.beside === undefined ? without : cutOut(guard, guard.beside, without);
};
