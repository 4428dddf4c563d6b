import { type Verdict, whatIsProven } from '#domain/record/verdict.ts';

/** What came of it, in lines for whoever ran it. */
export const sayVerdict = (verdict: Verdict, isKeyKnown: boolean): string[] => {
  const { chain, entries, anchors, problems, first } = verdict;
  const counted = `${chain ?? 'no chain'}: ${entries} entries, ${anchors} anchors`;
  if (first === null) return [`INTACT  ${counted}`, ...whatIsProven(verdict, isKeyKnown)];
  const name = first.name === null ? '' : ` (${first.name})`;
  return [
    `NOT INTACT  ${counted}`,
    `First bad entry: ${first.position}${name}, line ${first.line} of the file`,
    `  ${first.message} [${first.code}]`,
    ...(problems > 1 ? [`and ${problems - 1} more that may follow from it`] : []),
  ];
};
