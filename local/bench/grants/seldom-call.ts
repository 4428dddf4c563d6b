/** A call that a run without trouble does not make, and where it stands. */
export type SeldomCall = {
  /** The beginning of the function's logical id. */
  by: string;
  service: string;
  operation: string;
  /** The beginnings of the logical ids of what it is about. */
  on: readonly string[];
  /** What it is about that the stack has not made, by ARN. */
  outside?: readonly string[];
  index?: string;
  /** Which object of a bucket it is about, below the agency's id; absent: whichever. */
  object?: string;
  /** The parts of a transaction. */
  parts?: readonly string[];
  /** The partition that it writes to, where a right asks for it. */
  partition?: string;
  /** The file that makes it. */
  file: string;
  because: string;
};
