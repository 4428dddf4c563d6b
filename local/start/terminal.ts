import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where the start writes: lines, and one that is written over while something takes long. */
export type Terminal = Readonly<{
  isLive: boolean;
  line: (text?: string) => void;
  /** Written over by the next call, or by the next line. Shown only on a live terminal. */
  passing: (text: string) => void;
  paint: (style: Style, text: string) => string;
}>;

export type TerminalParts = Readonly<{
  write: (text: string) => void;
  isLive: boolean;
  hasColour: boolean;
}>;

const TO_LINE_START = '\r\x1b[2K';

export const createTerminal = ({ write, isLive, hasColour }: TerminalParts): Terminal => {
  let isPassing = false;
  const clear = (): void => {
    if (isPassing) write(TO_LINE_START);
    isPassing = false;
  };
  return {
    isLive,
    line: (text = '') => {
      clear();
      write(`${text}\n`);
    },
    passing: (text) => {
      if (!isLive) return;
      clear();
      write(text);
      isPassing = true;
    },
    paint: (style, text) => (hasColour ? styleText(style, text, { validateStream: false }) : text),
  };
};

/** The terminal of this process: colours and a passing line only where somebody looks on. */
export const processTerminal = (): Terminal => {
  const { stdout, env } = process;
  const isLive = stdout.isTTY === true;
  const isColourWanted = env.NO_COLOR === undefined || env.NO_COLOR === '';
  return createTerminal({
    write: (text) => stdout.write(text),
    isLive,
    hasColour: isLive && isColourWanted,
  });
};
