import { type Check, isTest, type Problem, problemAt } from './problem.ts';
import type { Source } from './sources.ts';

/** `any`, and `as` that asserts what no parser has shown. */
export const soundTypes: Check = (syntax) =>
  syntax.unsoundTypes.map(({ line, what }) => problemAt(syntax, line, what));

const ROUTE = /\b(park|record|retry)/i;

/** Whoever catches says where the failure goes: parked, recorded, or tried again. */
export const routedFailures: Check = (syntax) =>
  isTest(syntax.source.path)
    ? []
    : syntax.catches
        .filter(({ what }) => !ROUTE.test(what))
        .map(({ line, what }) => problemAt(syntax, line, what));

const EMPTY_WORDS = new Set(
  'utils util helpers helper common misc manager service services'.split(' '),
);
const EMPTY_NAMES = new Set(['data', 'info', 'index']);

/** Names say what is inside: kebab case, and no word that fits everything. */
export const tellingNames: Check = (syntax) => {
  const { path } = syntax.source;
  const name =
    path
      .split('/')
      .at(-1)
      ?.replace(/(\.test)?\.ts$/, '') ?? '';
  const words = name.split(/[-.]/);
  const isEmpty = EMPTY_NAMES.has(name) || words.some((word) => EMPTY_WORDS.has(word));
  const isKebab = /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name);
  return isEmpty || !isKebab ? [problemAt(syntax, 1, `the name ${name}`)] : [];
};

/** Written in pieces, or this file would find itself. */
const FOREIGN: readonly RegExp[] = [
  new RegExp(['(?<![\\w.-])/wo', 'rk/'].join('')),
  new RegExp(['(?<![\\w.-])sha', 'red/(?=[a-z])'].join('')),
  new RegExp(['regis', 'try\\.(npm', 'js|yarnpkg)|pypi\\.o', 'rg|/tm', 'p/brief'].join('')),
  new RegExp(['\\b(issue|pull re', 'quest|PR|ticket) #?\\d'].join(''), 'i'),
];

/** Nothing in the house speaks of the place where it was built. */
export const noWorkplace = ({ path, text }: Source): Problem[] =>
  text.split('\n').flatMap((line, i) => {
    const isForeign = FOREIGN.some((pattern) => pattern.test(line));
    return isForeign ? [{ path, line: i + 1, what: line.trim().slice(0, 80) }] : [];
  });
