import { laterOf } from '../model/instant.ts';
import type { Block } from './block.ts';
import { custodySection } from './chain-of-custody.ts';
import type { ReportContent } from './document.ts';
import { lengthBetween } from './local-days.ts';
import { missingSection } from './missing-section.ts';
import { personWords, versionsInForce } from './order-section.ts';
import { count, factsOf, listOf, missing, paragraph, section } from './pieces.ts';
import { restsOnSection } from './rests-on-section.ts';
import { happenedWords, inOrder, isGrave, stands } from './violation-words.ts';
import type { Found, WearerFacts } from './wearer-facts.ts';
import type { Words } from './words.ts';

/** The declaration that section 9(2)(b) of the Criminal Justice Act 1967 asks for. */
const DECLARATION =
  'This statement (consisting of the pages of this document, each signed by me) is true to the best of my knowledge and belief and I make it knowing that, if it is tendered in evidence, I shall be liable to prosecution if I have wilfully stated in it anything which I know to be false, or do not believe to be true.';

const HEADING =
  'Witness statement (Criminal Procedure Rules, r. 16.2; Criminal Justice Act 1967, s. 9)';

const asOf = ({ asked }: WearerFacts): Words => [
  'The statements below are what the record of the monitoring system said at ',
  { at: asked.askedAt },
  '. Times are by the clock of the device where they are of positions, and by that of the system where they are of receipt or of what people did.',
];

const orderStatements = (facts: WearerFacts): Words[] =>
  versionsInForce(facts).map(({ value, version, inForceAt }) => [
    `The record holds an order ${value.orderId}, version ${version}, under ${value.legalBasis}, in force from `,
    { at: inForceAt },
    value.endsAt === null ? ', without a stated end.' : ', until ',
    ...(value.endsAt === null ? [] : [{ at: value.endsAt }, '.']),
  ]);

const deviceStatements = ({ custody }: WearerFacts): Words[] =>
  custody.map(({ newest }) => [
    `A device of serial number ${newest.deviceSerial} is on record as assigned to the wearer from `,
    { at: newest.startsAt },
    ...(newest.endsAt === null ? [' on.'] : [' until ', { at: newest.endsAt }, '.']),
  ]);

/** What was found, as a fact of the record; whether it was a breach is nobody's here to say. */
const violationStatement = ({ violation, sketch }: Found): Words => {
  const { openedAt, endedAt } = violation;
  const fixes = violation.evidence.filter(({ kind }) => kind === 'fix').length;
  return [
    'From ',
    { at: openedAt },
    ...(endedAt === null
      ? [', with no end on record, ']
      : [' until ', { at: endedAt }, ` (${lengthBetween(openedAt, laterOf(openedAt, endedAt))}) `]),
    `the record has a violation ${violation.violationId}, by the rule ${violation.rule}: `,
    `"${happenedWords(violation)}". It names ${count(fixes, 'position')} as what it rests on; `,
    `${count(sketch.fixes, 'position')} were recorded about that time.`,
  ];
};

const withdrawnStatement = (facts: WearerFacts): Words[] => {
  const gone = facts.found.filter(({ violation }) => isGrave(violation) && !stands(violation));
  const [was, is] = gone.length === 1 ? ['was', 'is'] : ['were', 'are'];
  const many = count(gone.length, 'violation');
  return gone.length === 0
    ? []
    : [`${many} of the period ${was} withdrawn or excused, and ${is} not stated here.`];
};

const heardStatement = ({ trail }: WearerFacts): Words => [
  `In the period ${count(trail.events, 'event')} of the wearer’s devices were received, `,
  `${trail.fixes} of them positions. `,
  `The trail has ${count(trail.gaps.count, 'gap')} of more than five minutes.`,
];

const statements = (facts: WearerFacts): Words[] => {
  const standing = inOrder(
    facts.found.filter(({ violation }) => isGrave(violation) && stands(violation)),
  );
  return [
    asOf(facts),
    ...orderStatements(facts),
    ...deviceStatements(facts),
    heardStatement(facts),
    ...(standing.length === 0
      ? ['The record has no violation for the period that stands.']
      : standing.map(violationStatement)),
    ...withdrawnStatement(facts),
    ...facts.inputs.map(
      ({ what, count: n, sha256 }, i): Words =>
        `Exhibit ${i + 1}: ${what}, ${n} in number, SHA-256 ${sha256}.`,
    ),
  ];
};

const OWN_WORDS = [
  missing(
    'The witness’s own words: who they are, how the system is run, and what they know of their own knowledge',
    'A statement is evidence of what its maker knows. What the record says is set out here; the rest only they can write.',
  ),
  missing(
    'Age, if under 18, and occupation',
    'Section 9(3)(a) asks for the age of a person under 18.',
  ),
];

const signed: Block = { kind: 'signature', labels: ['Signed', 'Name in capitals', 'Date'] };

/**
 * What a witness may state of the record, numbered, for them to sign: facts alone, and no
 * conclusion. What only the witness can write is printed as missing.
 */
export const witnessStatement = (facts: WearerFacts): ReportContent => ({
  title: 'Witness statement: facts of the record',
  subjectName: facts.wearerName,
  timeZone: facts.timeZone,
  sections: [
    section(HEADING, [
      ...factsOf('Statement', [
        ['Statement of', personWords(facts.people, facts.asked.by)],
        ['About', `${facts.wearerName} (${facts.asked.wearerId})`],
        ['From', { at: facts.asked.period.fromAt }],
        ['Up to', { at: facts.asked.period.untilAt }],
      ]),
      paragraph(DECLARATION),
      signed,
    ]),
    section('What the witness has to write', OWN_WORDS),
    section('What the record says', listOf(statements(facts), true)),
    custodySection(facts),
    missingSection(facts),
    restsOnSection(facts),
    section('Signature', [paragraph(DECLARATION), signed]),
  ],
});
