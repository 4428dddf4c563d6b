import { isReviewOverdue } from '../casework/assessment.ts';
import { type ParoleSectionView, paroleSections } from '../casework/parole-section.ts';
import type { CaseFacts } from './case-facts.ts';
import { measuredSection, successSection, wrongSection } from './compliance-section.ts';
import { decisionsSection } from './decisions-section.ts';
import type { ReportContent, Section } from './document.ts';
import { missingSection } from './missing-section.ts';
import { ordersSection, personWords } from './order-section.ts';
import { factsOf, listOf, missing, type Part, paragraph, section } from './pieces.ts';
import { planSection } from './plan-section.ts';
import { restsOnSection } from './rests-on-section.ts';
import { permittedSection, saidSection } from './said-section.ts';
import type { WearerFacts } from './wearer-facts.ts';
import { atOr } from './words.ts';

const partOf = (facts: WearerFacts, one: ParoleSectionView): Part => {
  if (one.is === 'missing') {
    return { heading: one.heading, blocks: [missing('This section is missing', one.whyItMatters)] };
  }
  const author = personWords(facts.people, one.by);
  return {
    heading: one.heading,
    blocks: [
      ...one.text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => paragraph(line)),
      ...factsOf('Written', [
        ['By', author],
        ['When', { at: one.writtenAt }],
      ]),
    ],
  };
};

/** What officers wrote, section by section; one that nobody wrote is printed as missing. */
const writtenSection = (facts: WearerFacts, { parole }: CaseFacts): Section => {
  const views = paroleSections(parole?.value ?? null);
  const gone = views.filter(({ is }) => is === 'missing').length;
  return section(
    'What the officer reports',
    [
      ...factsOf('The hearing', [
        ['When the board sits', atOr(parole?.value.hearingAt ?? null, 'not known yet')],
        ['Sections that are missing', `${gone} of ${views.length}`],
      ]),
    ],
    views.map((one) => partOf(facts, one)),
  );
};

const assessmentSection = (facts: WearerFacts, { assessment, level }: CaseFacts): Section => {
  const heading = 'Level of supervision, and assessment of risk on record';
  const levelFacts = factsOf('At the end of the period', [['Supervised at', level.level]]);
  if (assessment === null) {
    const why = 'The board has no level of risk from the record, and who stated it when.';
    return section(heading, [...levelFacts, missing('No assessment of risk is on record', why)]);
  }
  const { value, version } = assessment;
  return section(heading, [
    ...levelFacts,
    ...factsOf('Assessment of risk of serious harm', [
      ['Level', value.level],
      ['Version', String(version)],
      ['By', personWords(facts.people, value.by)],
      ['Made', { at: value.assessedAt }],
      ['To be reviewed by', { at: value.reviewDueAt }],
    ]),
    paragraph('Reasons:'),
    ...listOf(value.reasons),
    ...(value.protectiveFactors.length === 0 ? [] : [paragraph('What protects:')]),
    ...listOf(value.protectiveFactors),
    ...(isReviewOverdue(value, facts.asked.askedAt)
      ? [missing('Its review is overdue', 'It may say what is not so any more.')]
      : []),
  ]);
};

/**
 * What a parole board is told: the plan and what was achieved first, then what officers wrote under
 * their names, then how the order was kept, and what is not known.
 */
export const paroleReport = (facts: WearerFacts, ofCase: CaseFacts): ReportContent => ({
  title: 'Report to the parole board',
  subjectName: facts.wearerName,
  timeZone: facts.timeZone,
  sections: [
    planSection(facts, ofCase),
    writtenSection(facts, ofCase),
    assessmentSection(facts, ofCase),
    successSection(ofCase),
    measuredSection(ofCase),
    wrongSection(facts),
    decisionsSection(facts),
    saidSection(facts),
    permittedSection(facts),
    ordersSection(facts),
    missingSection(facts),
    restsOnSection(facts),
  ],
});
