import type { CaseFacts } from './case-facts.ts';
import { measuredSection, successSection, wrongSection } from './compliance-section.ts';
import { decisionsSection } from './decisions-section.ts';
import type { ReportContent } from './document.ts';
import { missingSection } from './missing-section.ts';
import { planSection } from './plan-section.ts';
import { restsOnSection } from './rests-on-section.ts';
import { permittedSection, saidSection } from './said-section.ts';
import type { WearerFacts } from './wearer-facts.ts';

/** What was achieved and went well first; then what went wrong, and what nobody can say. */
export const progressReport = (facts: WearerFacts, ofCase: CaseFacts): ReportContent => ({
  title: 'Progress report',
  subjectName: facts.wearerName,
  timeZone: facts.timeZone,
  sections: [
    planSection(facts, ofCase),
    successSection(ofCase),
    measuredSection(ofCase),
    wrongSection(facts),
    decisionsSection(facts),
    saidSection(facts),
    permittedSection(facts),
    missingSection(facts),
    restsOnSection(facts),
  ],
});
