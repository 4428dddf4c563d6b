/** Takes one line of the local cloud's own log, without a line end. */
export type Log = (line: string) => void;
