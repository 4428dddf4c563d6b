import type { Progress } from '../progress/measures.ts';
import type { ReportContent } from './document.ts';
import { findingsTable } from './findings-table.ts';
import { missingSection } from './missing-section.ts';
import { missing, paragraph, section } from './pieces.ts';
import { measureTables, successFacts, unknownBlocks } from './progress-section.ts';
import { restsOnSection } from './rests-on-section.ts';
import { permittedSection, saidSection } from './said-section.ts';
import { isGrave, stands } from './violation-words.ts';
import type { WearerFacts } from './wearer-facts.ts';

const NOT_MEASURED = missing(
  'Progress could not be measured',
  'A document is missing that the order names: what was in force cannot be put together.',
);

/** What went well first, with what was achieved; then what went wrong, and what nobody can say. */
export const progressReport = (facts: WearerFacts, progress: Progress | null): ReportContent => {
  const standing = facts.found.filter(({ violation }) => isGrave(violation) && stands(violation));
  return {
    title: 'Progress report',
    subjectName: facts.wearerName,
    timeZone: facts.timeZone,
    sections: [
      section('What went well', progress === null ? [NOT_MEASURED] : successFacts(progress)),
      section('Measured', progress === null ? [NOT_MEASURED] : measureTables(progress)),
      section('What went wrong', [
        findingsTable(
          'Findings that stand',
          standing,
          'Nothing: no finding of the period stands that a person must take in hand.',
        ),
        ...(facts.found.length === 0
          ? []
          : [
              paragraph(
                'Findings that were withdrawn or excused, and those told to nobody as an alert, are not held against the wearer here.',
              ),
            ]),
      ]),
      saidSection(facts),
      permittedSection(facts),
      ...(progress === null || progress.unknown.length === 0
        ? []
        : [section('What the measures cannot say', unknownBlocks(progress))]),
      missingSection(facts),
      restsOnSection(facts),
    ],
  };
};
