import * as z from 'zod';
import { type Decision, type DecisionKind, decisionSchema } from '../casework/decision.ts';
import type { Recorded } from '../response/on-record.ts';
import type { Block } from './block.ts';
import type { Section } from './document.ts';
import { personWords } from './order-section.ts';
import { paragraph, section, tableOf, words } from './pieces.ts';
import type { WearerFacts } from './wearer-facts.ts';
import type { Words } from './words.ts';

const entrySchema = z.looseObject({ document: decisionSchema });

/** Whether an entry is of a decision: that it was taken, changed or withdrawn. */
export const isDecision = ({ type }: Pick<Recorded, 'type'>): boolean =>
  type.startsWith('decision-');

/** Decisions as their last entries have them, in the order in which they were taken. */
const decisionsIn = (said: readonly Recorded[]): Decision[] => {
  const newest = new Map<string, Decision>();
  for (const entry of said.filter(isDecision)) {
    const { data } = entrySchema.safeParse(entry);
    if (data !== undefined) newest.set(data.document.decisionId, data.document);
  }
  return [...newest.values()].toSorted(
    (a, b) => a.decidedAt - b.decidedAt || (a.decisionId < b.decisionId ? -1 : 1),
  );
};

const KINDS: Readonly<Record<DecisionKind, string>> = {
  'first-warning': 'formal first warning',
  'second-warning': 'formal second warning',
  'no-action': 'no further action',
  'excuse-accepted': 'excuse accepted',
  'authorised-absence': 'absence authorised',
  referral: 'referral to a service',
  'supervision-level': 'level of supervision changed',
  'breach-initiated': 'breach initiated',
  'recall-requested': 'recall requested',
};

/** What was done for the wearer's good is no part of what a court is given against them. */
const OF_CARE: readonly DecisionKind[] = ['referral', 'supervision-level'];

const standsWords = (facts: WearerFacts, { withdrawn }: Decision): Words =>
  withdrawn === null
    ? 'stands'
    : [
        'WITHDRAWN at ',
        { at: withdrawn.withdrawnAt },
        ` by ${personWords(facts.people, withdrawn.by)}: ${withdrawn.reason}`,
      ];

const rowOf = (facts: WearerFacts, decision: Decision): Words[] => [
  { at: decision.decidedAt },
  `${KINDS[decision.kind]} (${decision.decisionId})`,
  personWords(facts.people, decision.by),
  decision.reason,
  decision.considered.map(({ kind, id }) => `${kind} ${id}`).join('; ') || 'nothing is named',
  standsWords(facts, decision),
];

const tableFor = (facts: WearerFacts, decisions: readonly Decision[]): Block =>
  tableOf('Each with its reason; what was withdrawn stays here with both its reasons', {
    columns: [
      ...[words('When', 4), words('Decision', 3), words('By', 3), words('Reason', 4)],
      ...[words('What was considered', 4), words('Stands', 3)],
    ],
    rows: decisions.map((decision) => rowOf(facts, decision)),
    whenEmpty: 'No decision was put on record in this period.',
  });

/** What people decided about the wearer in the period. */
export const decisionsSection = (facts: WearerFacts): Section =>
  section('Decisions', [tableFor(facts, decisionsIn(facts.said))]);

/** The same for a court: without what was done for the wearer's own good. */
export const enforcementSection = (facts: WearerFacts): Section =>
  section('Decisions', [
    tableFor(
      facts,
      decisionsIn(facts.said).filter(({ kind }) => !OF_CARE.includes(kind)),
    ),
    paragraph('Referrals and levels of supervision are no part of a pack for enforcement.'),
  ]);
