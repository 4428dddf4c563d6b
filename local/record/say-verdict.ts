import { type Instant, toIso } from '#domain/model/instant.ts';
import { type InForce, inForceAt } from '#domain/record/in-force.ts';
import { type Standing, standingOf, type Verdict, whatIsProven } from '#domain/record/verdict.ts';

const WORDS: Readonly<Record<Standing, string>> = {
  intact: 'INTACT',
  consistent: 'CONSISTENT, NOT PROVEN',
  'not-intact': 'NOT INTACT',
};

/** Exit codes; 2 is for what could not be read at all. */
const CODES: Readonly<Record<Standing, number>> = { intact: 0, consistent: 3, 'not-intact': 1 };

const WORST_FIRST: readonly Standing[] = ['not-intact', 'consistent', 'intact'];

/** What the chains of a file come to together: the worst of them. */
const togetherOf = (verdicts: readonly Verdict[], isKeyKnown: boolean): Standing => {
  const all = verdicts.map((verdict) => standingOf(verdict, isKeyKnown));
  return WORST_FIRST.find((one) => all.includes(one)) ?? 'consistent';
};

/** With what the command ends. */
export const exitCodeOf = (verdicts: readonly Verdict[], isKeyKnown: boolean): number =>
  CODES[togetherOf(verdicts, isKeyKnown)];

const upTo = ({ held, entries }: Verdict, standing: Standing): string =>
  standing === 'intact' && held !== null && held.position < entries
    ? ` UP TO ENTRY ${held.position}`
    : '';

/** What came of a chain, in lines for whoever ran it. */
export const sayVerdict = (verdict: Verdict, isKeyKnown: boolean): string[] => {
  const { chain, entries, anchors, problems, first } = verdict;
  const standing = standingOf(verdict, isKeyKnown);
  const counted = `${chain ?? 'no chain'}: ${entries} entries, ${anchors} anchors`;
  const said = `${WORDS[standing]}${upTo(verdict, standing)}  ${counted}`;
  if (first === null) return [said, ...whatIsProven(verdict, isKeyKnown)];
  const name = first.name === null ? '' : ` (${first.name})`;
  return [
    said,
    `First bad entry: ${first.position}${name}, line ${first.line} of the file`,
    `  ${first.message} [${first.code}]`,
    ...(problems > 1 ? [`and ${problems - 1} more that may follow from it`] : []),
  ];
};

/** What came of all chains of a file; of several, what they come to together stands first. */
export const sayVerdicts = (verdicts: readonly Verdict[], isKeyKnown: boolean): string[] => [
  ...(verdicts.length > 1
    ? [`${WORDS[togetherOf(verdicts, isKeyKnown)]}  ${verdicts.length} chains, one after another:`]
    : []),
  ...verdicts.flatMap((verdict) => sayVerdict(verdict, isKeyKnown)),
];

const sayInForce = ({ chain, document }: InForce): string => {
  const { name, version, inForceAt: from, changedAt, anchoredBy, isShown, position } = document;
  const what = name === 'CURRENT' ? chain : `${chain} ${name}`;
  const held =
    anchoredBy === null
      ? 'which no anchor holds yet'
      : `held by anchor ${anchoredBy.number} of ${anchoredBy.untilAt}`;
  const dates = `from ${toIso(from)}, on record since ${toIso(changedAt)}`;
  const shown = isShown ? 'its text is here' : 'its text is not here';
  return `  ${what}: version ${version}, ${dates} by entry ${position}, ${held}; ${shown}`;
};

/** Which version of each document was in force at an instant, and what shows that it was. */
export const sayWhatWasInForce = (verdicts: readonly Verdict[], at: Instant): string[] => {
  const found = inForceAt(verdicts, at);
  if (found.length === 0) return [`Nothing here says what was in force at ${toIso(at)}.`];
  return [`In force at ${toIso(at)}:`, ...found.map(sayInForce)];
};
