import type { CaseFacts } from './case-facts.ts';
import { isHeldAgainst } from './closed-as.ts';
import type { Section } from './document.ts';
import { count, missing, paragraph, section } from './pieces.ts';
import { measureTables, successFacts, unknownBlocks } from './progress-section.ts';
import { inOrder, isGrave } from './violation-words.ts';
import { violationsTable } from './violations-table.ts';
import type { WearerFacts } from './wearer-facts.ts';

const NOT_MEASURED = missing(
  'Progress could not be measured',
  'A document is missing that the order names: what was in force cannot be put together.',
);

/** What went well, in numbers that anybody can follow. */
export const successSection = ({ progress }: CaseFacts): Section =>
  section('What went well', progress === null ? [NOT_MEASURED] : successFacts(progress));

/** All measures, each with what it is a share of; and what they cannot say. */
export const measuredSection = ({ progress }: CaseFacts): Section =>
  section('Measured', [
    ...(progress === null ? [NOT_MEASURED] : measureTables(progress)),
    ...(progress === null ? [] : unknownBlocks(progress)),
  ]);

/** What stands against the wearer, and nothing that was withdrawn, excused or explained. */
export const wrongSection = ({ found }: WearerFacts): Section => {
  const grave = inOrder(found.filter(({ violation }) => isGrave(violation)));
  const standing = grave.filter(isHeldAgainst);
  const besides = grave.length - standing.length;
  return section('What went wrong', [
    violationsTable(
      'Violations that stand',
      standing,
      'Nothing: no violation of the period stands that a person must take in hand.',
    ),
    ...(besides === 0
      ? []
      : [
          paragraph(
            `${count(besides, 'more was', 'more were')} withdrawn, excused, or closed by an officer as explained: nothing of that is held against anybody.`,
          ),
        ]),
  ]);
};
