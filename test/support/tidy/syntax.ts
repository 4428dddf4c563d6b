import { posix } from 'node:path';
import { parseAst } from 'vitest/node';
import { lineOf, type Source } from './sources.ts';

type Node = Readonly<{ type: string; start: number; end: number; [field: string]: unknown }>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'start' in value;

const childrenOf = (node: Node): Node[] =>
  Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );

const nodesOf = (root: Node): Node[] => [root, ...childrenOf(root).flatMap(nodesOf)];

const textOf = ({ text }: Source, node: Node): string => text.slice(node.start, node.end);

/** Something found in a file, with its line. */
export type Found = Readonly<{ line: number; what: string }>;
/** `lines`: its own, without those of the functions inside it, which are counted for themselves. */
export type FoundFunction = Found & Readonly<{ lines: number; parameters: number }>;

/** A file as the rules of the house look at it. */
export type Syntax = Readonly<{
  source: Source;
  /** Paths from the root for files of the house, names for packages. */
  imports: readonly string[];
  functions: readonly FoundFunction[];
  /** `as` other than `as const`, `<T>value`, and `any`. */
  unsoundTypes: readonly Found[];
  /**
   * Calls, constructions without arguments, and members, as written: `Date.now()`, `new Date()`.
   */
  uses: readonly Found[];
  /** The text of each catch, clauses and `.catch(...)`, with the line before it. */
  catches: readonly Found[];
  isAsynchronous: boolean;
  /** Lines of which the text at the given column is quoted: no formatter can break them. */
  isQuotedAt: (line: number, column: number) => boolean;
}>;

const FUNCTIONS = /^(ArrowFunctionExpression|FunctionDeclaration|FunctionExpression)$/;
const OWN = /^#(domain|functions|lib|local|test)\//;

const resolved = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  return OWN.test(specifier) ? specifier.slice(1) : specifier;
};

/** Literal paths of imports, exports, dynamic imports and `new URL('./x.ts', import.meta.url)`. */
const importsOf = (source: Source, nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => {
    const named =
      node.type === 'NewExpression' && isNode(node.callee) && textOf(source, node.callee) === 'URL'
        ? [node.arguments].flat()[0]
        : node.source;
    if (!isNode(named) || typeof named.value !== 'string') return [];
    return [resolved(source.path, named.value)];
  });

const isUnsound = (source: Source, node: Node): boolean => {
  if (node.type === 'TSAnyKeyword' || node.type === 'TSTypeAssertion') return true;
  const { typeAnnotation } = node;
  const isAs = node.type === 'TSAsExpression' && isNode(typeAnnotation);
  return isAs && textOf(source, typeAnnotation) !== 'const';
};

const isUse = (node: Node): boolean =>
  node.type === 'MemberExpression' || node.type === 'CallExpression' || isBareNew(node);

const isBareNew = (node: Node): boolean =>
  node.type === 'NewExpression' && [node.arguments].flat().length === 0;

const isCatch = (node: Node): boolean => {
  if (node.type === 'CatchClause') return true;
  const { callee } = node;
  if (node.type !== 'CallExpression' || !isNode(callee)) return false;
  return isNode(callee.property) && callee.property.name === 'catch';
};

const linesIn = (text: string): number => text.split('\n').length;

/** The outermost functions inside a node. */
const innerFunctions = (node: Node): Node[] =>
  childrenOf(node).flatMap((child) =>
    FUNCTIONS.test(child.type) ? [child] : innerFunctions(child),
  );

const asFunction = (source: Source, node: Node): FoundFunction => {
  // A function of one line shares it with what is around it.
  const inner = innerFunctions(node).map((child) => linesIn(textOf(source, child)) - 1);
  const what = textOf(source, node);
  return {
    line: lineOf(source.text, node.start),
    what,
    lines: linesIn(what) - inner.reduce((sum, lines) => sum + lines, 0),
    parameters: Array.isArray(node.params) ? node.params.length : 0,
  };
};

const quotes = (source: Source, nodes: readonly Node[]): Syntax['isQuotedAt'] => {
  const quoted = nodes.filter(({ type }) => type === 'Literal' || type === 'TemplateElement');
  const starts = [...source.text.matchAll(/^/gm)].map(({ index }) => index);
  return (line, column) => {
    const at = (starts[line - 1] ?? 0) + column;
    return quoted.some(({ start, end }) => start <= at && at <= end);
  };
};

const isAwait = (node: Node): boolean => node.type === 'AwaitExpression' || node.async === true;

/** Reads a TypeScript file. Throws on one that does not parse. */
export const readSyntax = (source: Source): Syntax => {
  const nodes = nodesOf({ ...parseAst(source.text, { lang: 'ts' }) });
  const found = (node: Node): Found => ({
    line: lineOf(source.text, node.start),
    what: textOf(source, node),
  });
  const all = (test: (node: Node) => boolean) => nodes.filter(test).map(found);
  const lines = source.text.split('\n');
  const withLineBefore = ({ line, what }: Found): Found => ({
    line,
    what: `${lines[line - 2] ?? ''}\n${what}`,
  });
  return {
    source,
    imports: importsOf(source, nodes),
    functions: nodes.filter(({ type }) => FUNCTIONS.test(type)).map((n) => asFunction(source, n)),
    unsoundTypes: all((node) => isUnsound(source, node)),
    uses: all(isUse),
    catches: all(isCatch).map(withLineBefore),
    isAsynchronous: nodes.some(isAwait),
    isQuotedAt: quotes(source, nodes),
  };
};
