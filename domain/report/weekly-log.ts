import type { Block } from './block.ts';
import { decisionsSection } from './decisions-section.ts';
import type { ReportContent } from './document.ts';
import { lengthWords } from './local-days.ts';
import { daysTable, missingSection } from './missing-section.ts';
import { count, factsOf, paragraph, section } from './pieces.ts';
import { restsOnSection } from './rests-on-section.ts';
import { minorTable, permittedSection, saidSection } from './said-section.ts';
import { inOrder, isGrave } from './violation-words.ts';
import { violationsTable } from './violations-table.ts';
import type { WearerFacts } from './wearer-facts.ts';

/** That nothing happened is worth as much as what was heard meanwhile. */
const quietWords = ({ trail, found }: WearerFacts): string => {
  const [fixes, checks] = [count(trail.fixes, 'position'), count(trail.checks, 'check')];
  const heard = `${count(trail.events, 'event')} came, ${fixes} and ${checks} among them`;
  if (trail.events === 0) {
    return trail.wornSeconds === 0
      ? 'No device was on the wearer, and nothing was received: of this period nothing can be said.'
      : 'Nothing was received of the device in this period: that nothing was found shows nothing.';
  }
  const unseen = `for ${lengthWords(trail.gaps.seconds)} of the ${lengthWords(trail.wornSeconds)} with a device there was no position`;
  if (found.length > 0) return `${heard}; ${unseen}.`;
  return 2 * trail.gaps.seconds > trail.wornSeconds
    ? `Nothing was found, which shows little: ${heard}, and ${unseen}.`
    : `Nothing was found. The wearer was watched: ${heard}; ${unseen}.`;
};

const summary = (facts: WearerFacts): Block[] => {
  const grave = inOrder(facts.found.filter(({ violation }) => isGrave(violation)));
  return [
    paragraph(quietWords(facts)),
    ...factsOf('In numbers', [
      ['Wearer', facts.wearerName],
      ['Violations', String(grave.length)],
      ['Told to the wearer, or to the officer to know', String(facts.found.length - grave.length)],
    ]),
    violationsTable(
      'Violations of the period',
      grave,
      'No violation that a person must take in hand.',
    ),
    ...(grave.length === facts.found.length ? [] : [minorTable(facts)]),
  ];
};

/** What happened in a week, or that nothing did, with the evidence that somebody was watching. */
export const weeklyLog = (facts: WearerFacts): ReportContent => ({
  title: 'Weekly log',
  subjectName: facts.wearerName,
  timeZone: facts.timeZone,
  sections: [
    section('What happened', summary(facts)),
    section('Day by day', [daysTable(facts)]),
    decisionsSection(facts),
    saidSection(facts),
    permittedSection(facts),
    missingSection(facts),
    restsOnSection(facts),
  ],
});
