/** DynamoDB would refuse this request: what is wrong with it, in its words or near them. */
export class Invalid extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ValidationException';
  }
}

const TOKEN = /\s*([A-Za-z_][\w]*|[#:]\w+|<>|<=|>=|[=<>(),+-])/y;

/** The words and signs of an expression, one after another. */
export type Tokens = Readonly<{
  peek: () => string | undefined;
  take: () => string;
  /** Takes the next where it is this word, in whatever case; else leaves it. */
  takeIf: (word: string) => boolean;
  expect: (word: string) => void;
  isDone: () => boolean;
}>;

const split = (expression: string): string[] => {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (expression.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(expression) ?? [];
    if (token === undefined) throw new Invalid(`cannot read ${expression.slice(from)}`);
    found.push(token);
  }
  return found;
};

export const tokensOf = (expression: string): Tokens => {
  const all = split(expression);
  let place = 0;
  const peek = (): string | undefined => all[place];
  const take = (): string => {
    const token = all[place];
    if (token === undefined) throw new Invalid(`ends too early: ${expression}`);
    place += 1;
    return token;
  };
  const takeIf = (word: string): boolean => {
    const is = peek()?.toUpperCase() === word;
    if (is) place += 1;
    return is;
  };
  const expect = (word: string): void => {
    if (!takeIf(word)) throw new Invalid(`${word} is missing in: ${expression}`);
  };
  return { peek, take, takeIf, expect, isDone: () => place === all.length };
};
