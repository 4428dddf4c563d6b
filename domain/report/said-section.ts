import * as z from 'zod';
import { tellingOf } from '../model/reasons.ts';
import { eventEntries } from '../response/event-entries.ts';
import type { Recorded } from '../response/on-record.ts';
import { whatWords } from '../response/record-words.ts';
import { isDecision } from './decisions-section.ts';
import type { Section } from './document.ts';
import { personWords } from './order-section.ts';
import { section, tableOf, words } from './pieces.ts';
import { happenedWords, stands } from './violation-words.ts';
import type { WearerFacts } from './wearer-facts.ts';
import type { Words } from './words.ts';

const noteSchema = z.looseObject({
  type: z.enum(['case-note-written', 'case-note-amended']),
  document: z.looseObject({ text: z.string() }),
});

/** What somebody wrote in a note: for the officer's own log alone. */
const noteText = ({ asked }: WearerFacts, entry: Recorded): string | undefined =>
  asked.kind === 'weekly-log' ? noteSchema.safeParse(entry).data?.document.text : undefined;

/** By whom and why have columns of their own. */
const rowsOf = (facts: WearerFacts, entries: readonly Recorded[]): Words[][] =>
  entries.flatMap((entry) => {
    const [happened, ...besides] = eventEntries(entry);
    return [{ ...happened, words: whatWords(entry) }, ...besides].map((told) => {
      const { at, by, reason } = told;
      const who = by === undefined ? '' : personWords(facts.people, by);
      return [{ at }, told.words, who, reason ?? noteText(facts, entry) ?? ''];
    });
  });

/** What people put on record beside decisions: notes, plans, levels, and whatever comes. */
export const saidSection = (facts: WearerFacts): Section =>
  section('Notes and changes', [
    tableOf('In the order in which they were put on record', {
      columns: [
        words('When', 4),
        words('What', 5),
        words('By', 3),
        words('Why, or in what words', 4),
      ],
      rows: rowsOf(
        facts,
        facts.said.filter((entry) => !isDecision(entry)),
      ),
      whenEmpty: 'Nothing of the kind was put on record in this period.',
    }),
  ]);

/** Absences that were permitted before, or excused afterwards: they count against nobody. */
export const permittedSection = (facts: WearerFacts): Section => {
  const { fromAt, untilAt } = facts.asked.period;
  const permitted = (facts.history.permissions ?? [])
    .map(({ value, version }) => ({ ...value, version }))
    .filter((one) => one.from < untilAt && one.until > fromAt)
    .toSorted((a, b) => a.from - b.from || (a.permissionId < b.permissionId ? -1 : 1));
  return section('What was permitted or excused', [
    tableOf('Permissions, whether given before or afterwards', {
      columns: [
        ...[words('From', 3), words('Until', 3), words('For', 2)],
        ...[words('Granted by', 2), words('Note', 3), words('Stands', 2)],
      ],
      rows: permitted.map((one) => [
        ...[{ at: one.from }, { at: one.until }, one.reason],
        ...[personWords(facts.people, one.grantedBy), one.note],
        one.isRevoked ? 'revoked' : 'yes',
      ]),
      whenEmpty: 'Nothing was permitted or excused in this period.',
    }),
  ]);
};

/** Violations that nobody must take in hand: told to the wearer, or to the officer to know. */
export const minorTable = (facts: WearerFacts) =>
  tableOf('What was found and told as no alert', {
    columns: [words('Began', 5), words('What', 4), words('Told as', 2), words('Stands', 2)],
    rows: facts.found
      .filter(({ violation }) => ['nudge', 'prompt'].includes(tellingOf(violation.reason)))
      .map(({ violation }) => [
        ...[{ at: violation.openedAt }, happenedWords(violation), tellingOf(violation.reason)],
        stands(violation) ? 'yes' : 'withdrawn',
      ]),
    whenEmpty: 'Nothing.',
  });
