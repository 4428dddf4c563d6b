import { tellingOf } from '../model/reasons.ts';
import type { Block } from './block.ts';
import { custodySection } from './chain-of-custody.ts';
import { isExplainedAway, isHeldAgainst } from './closed-as.ts';
import { enforcementSection } from './decisions-section.ts';
import type { ReportContent, Section } from './document.ts';
import { daysTable, missingSection } from './missing-section.ts';
import { ordersSection } from './order-section.ts';
import { count, factsOf, paragraph, section, tableOf, words } from './pieces.ts';
import { restsOnSection } from './rests-on-section.ts';
import { minorTable, permittedSection } from './said-section.ts';
import { violationPart } from './violation-part.ts';
import { happenedWords, inOrder, isGrave, standingWords } from './violation-words.ts';
import type { Found, WearerFacts } from './wearer-facts.ts';
import { partsOf, type Words } from './words.ts';

const WHAT_IT_IS = [
  'This pack sets out what the monitoring data show for the period, how certain it is, and what was done about it.',
  'A violation is what the data show. Whether there was a breach is for the court.',
  'Violations that were withdrawn, absences that were permitted or excused, and what went well are set out too.',
].join(' ');

const NO_WELFARE =
  "Whether anybody was concerned for the wearer's own welfare is no part of a pack for enforcement, either way.";

const nothingFound = ({ asked, trail }: WearerFacts): Block[] => [
  paragraph([
    'Nothing was found in this period, from ',
    { at: asked.period.fromAt },
    ' to ',
    { at: asked.period.untilAt },
    `. ${count(trail.events, 'event was', 'events were')} received in it`,
    trail.events === 0
      ? ': that nothing was found shows only that nothing was heard.'
      : '; what is missing is set out below.',
  ]),
];

const CLOSED_AS_EXPLAINED =
  ". An officer closed it as explained, authorised or the equipment's: see what was done";

const standsWords = (found: Found): Words => {
  const standing = standingWords(found.violation);
  return isExplainedAway(found) ? [...partsOf(standing), CLOSED_AS_EXPLAINED] : standing;
};

const summaryTable = (found: readonly Found[]): Block =>
  tableOf('Violations of the period', {
    columns: [words('No.', 1), words('Began', 5), words('What', 4), words('Stands', 5)],
    rows: found.map((one, i) => [
      ...[String(i + 1), { at: one.violation.openedAt }, happenedWords(one.violation)],
      standsWords(one),
    ]),
    whenEmpty: 'Nothing was found that a person must take in hand.',
  });

const summary = (facts: WearerFacts, grave: readonly Found[]): Section => {
  const standing = grave.filter(isHeldAgainst).length;
  const explained = grave.filter(isExplainedAway).length;
  const excused = grave.filter(({ violation }) => violation.endReason === 'excused').length;
  const withdrawn = grave.length - standing - explained - excused;
  return section('Summary', [
    paragraph(WHAT_IT_IS),
    ...factsOf('In numbers', [
      ['Violations that stand', String(standing)],
      [
        "Violations that an officer closed as explained, authorised or the equipment's",
        String(explained),
      ],
      ['Violations that were withdrawn', String(withdrawn)],
      ['Violations that were excused', String(excused)],
    ]),
    ...(facts.found.length === 0 ? nothingFound(facts) : [summaryTable(grave)]),
    paragraph(NO_WELFARE),
  ]);
};

const violations = (facts: WearerFacts, grave: readonly Found[]): Section =>
  section(
    'Each violation, and what it rests on',
    grave.length === 0 ? [paragraph('There is none.')] : [],
    grave.map((found, i) => violationPart(facts, found, i + 1)),
  );

/**
 * Everything that a court needs to judge whether an order was broken, and what speaks against it.
 * The same facts always make the same pack.
 */
export const breachPack = (facts: WearerFacts): ReportContent => {
  const grave = inOrder(facts.found.filter(({ violation }) => isGrave(violation)));
  const minor = facts.found.some(({ violation }) =>
    ['nudge', 'prompt'].includes(tellingOf(violation.reason)),
  );
  return {
    title: 'Breach pack',
    subjectName: facts.wearerName,
    timeZone: facts.timeZone,
    sections: [
      summary(facts, grave),
      ordersSection(facts),
      violations(facts, grave),
      ...(minor ? [section('Other things that were found', [minorTable(facts)])] : []),
      enforcementSection(facts),
      permittedSection(facts),
      custodySection(facts),
      missingSection(facts),
      section('Day by day', [daysTable(facts)]),
      restsOnSection(facts),
    ],
  };
};
