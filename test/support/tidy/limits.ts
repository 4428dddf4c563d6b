import { type Check, isTest, problemAt } from './problem.ts';

const MOST_COLUMNS = 100;
const MOST_FILE_LINES = 250;
const MOST_TEST_LINES = 500;
const MOST_FUNCTION_LINES = 70;
const MOST_PARAMETERS = 3;
const MOST_HANDLER_LINES = 25;

const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length;

const mostLinesOf = (path: string): number => {
  if (path.endsWith('/handler.ts')) return MOST_HANDLER_LINES;
  return isTest(path) ? MOST_TEST_LINES : MOST_FILE_LINES;
};

export const shortFiles: Check = (syntax) => {
  const { path, text } = syntax.source;
  const lines = linesOf(text);
  const most = mostLinesOf(path);
  return lines <= most ? [] : [problemAt(syntax, lines, `${lines} lines; at most ${most}`)];
};

/** What stands in quotation marks may be longer: breaking it would change or hide it. */
export const narrowLines: Check = (syntax) =>
  syntax.source.text.split('\n').flatMap((line, i) => {
    const isNarrow = line.length <= MOST_COLUMNS || syntax.isQuotedAt(i + 1, MOST_COLUMNS);
    return isNarrow ? [] : [problemAt(syntax, i + 1, `${line.length} columns`)];
  });

/** A `describe` is as long as its table of cases, which vitest hands over as parameters. */
const isTestFile = (path: string): boolean => path.endsWith('.test.ts');

export const shortFunctions: Check = (syntax) =>
  syntax.functions
    .filter(({ lines }) => lines > MOST_FUNCTION_LINES && !isTestFile(syntax.source.path))
    .map(({ line, lines }) => problemAt(syntax, line, `a function of ${lines} lines`));

export const fewParameters: Check = (syntax) =>
  syntax.functions
    .filter(({ parameters }) => parameters > MOST_PARAMETERS && !isTestFile(syntax.source.path))
    .map(({ line, parameters }) => problemAt(syntax, line, `${parameters} parameters`));
