/** What can be wrong with an export of the record. */
export type ProblemCode =
  | 'no-head'
  | 'not-a-line'
  | 'out-of-place'
  | 'another-chain'
  | 'anchor-not-in-order'
  | 'anchor-of-another'
  | 'anchor-key'
  | 'anchor-signature'
  | 'anchor-path'
  | 'anchor-beyond-end'
  | 'position'
  | 'hash'
  | 'previous'
  | 'name'
  | 'commitment'
  | 'half-erased'
  | 'not-as-anchored'
  | 'erased-without-reason'
  | 'document'
  | 'document-unknown'
  | 'end-of-chain'
  | 'not-as-noted'
  | 'among-others'
  | 'totals'
  | 'cut-off';

/** What is wrong, and where: of which entry, by position and name, as far as it can be told. */
export type Problem = Readonly<{
  code: ProblemCode;
  /** Of the file, from 1. */
  line: number;
  /** The entry of the chain; 0: what is wrong lies before the first. */
  position: number;
  name: string | null;
  /** In plain words. */
  message: string;
}>;

/** What a check finds, where whoever asked knows the line. */
export type Found = Omit<Problem, 'line'>;
