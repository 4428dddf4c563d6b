import { plainName } from '../response/plain-name.ts';
import type { Block } from './block.ts';
import { tableOf, words } from './pieces.ts';
import { happenedWords, standingWords } from './violation-words.ts';
import type { Found } from './wearer-facts.ts';
import type { Words } from './words.ts';

const said = (value: unknown): string => (typeof value === 'string' ? value : 'not on record');

/** What became of the alert: who took it in hand first, and how a person closed it. */
const handledWords = ({ isTold, history }: Found): Words => {
  if (!isTold) return 'not told as an alert';
  const taken = history.find(({ type }) => type === 'alert-acknowledged');
  const closed = history.findLast(({ type }) => type === 'alert-closed');
  const as = plainName(said(closed?.disposition));
  return [
    ...(taken === undefined ? ['nobody took it in hand'] : ['in hand at ', { at: taken.at }]),
    ...(closed === undefined
      ? ['; not closed by a person']
      : [`; closed by ${said(closed.by)}: ${as}, ${said(closed.reason)}`]),
  ];
};

/** Violations in a table, one a row, with what was done about each. */
export const violationsTable = (
  caption: string,
  found: readonly Found[],
  whenEmpty: string,
): Block =>
  tableOf(caption, {
    columns: [words('Began', 5), words('What', 4), words('Stands', 5), words('Handled', 5)],
    rows: found.map((one) => [
      { at: one.violation.openedAt },
      happenedWords(one.violation),
      standingWords(one.violation),
      handledWords(one),
    ]),
    whenEmpty,
  });
