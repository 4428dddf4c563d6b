/**
 * An invocation: its event as JSON, and how long it ran here; `initMilliseconds` is 0 in a sandbox
 * that was warm.
 */
export type InvocationReport = Readonly<{
  event: string;
  milliseconds: number;
  initMilliseconds: number;
}>;

/** Is told of a function's work, to count it. */
export type FunctionWatch = {
  invoked(report: InvocationReport): void;
  /** Text that the function wrote to its log. */
  wrote(text: string): void;
};
