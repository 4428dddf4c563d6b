import { type Check, foldersOf, isTest, problemAt } from './problem.ts';

const AWS_CLIENTS = /^(@aws-sdk\/|aws4fetch$)/;
const ADAPTER_PACKAGES =
  /^(@aws-sdk\/|@aws-lambda-powertools\/|aws4fetch$|fast-xml-parser$|ical\.js$|jose$|node:|zod$)/;
/** What writes documents, and the codes on them. */
const PRINTING_PACKAGES = /^(bidi-js|fontkit|pdfkit|qr)$/;
const MIDDLEWARE_PACKAGES = /^(@middy\/|zod$)/;
const VERB_PACKAGES = /^(@middy\/core$|node:|zod$)/;
const LIB_PACKAGES = /^(aws-cdk-lib|constructs|cdk-nag|node:|zod)/;

type MayImport = (path: string, imported: string) => boolean;

const inFolders =
  (...folders: readonly string[]) =>
  (imported: string): boolean =>
    folders.some((folder) => imported.startsWith(`${folder}/`));

const isPackage = (imported: string): boolean =>
  !inFolders('bin', 'domain', 'examples', 'functions', 'lib', 'local', 'test')(imported);

const mayDomain: MayImport = (_, imported) =>
  imported.startsWith('domain/') || imported === 'zod' || imported === 'temporal-polyfill';

const mayLib: MayImport = (_, imported) =>
  imported.startsWith('lib/') || LIB_PACKAGES.test(imported);

const mayAdapter: MayImport = (_, imported) =>
  isPackage(imported)
    ? ADAPTER_PACKAGES.test(imported) || PRINTING_PACKAGES.test(imported)
    : inFolders('domain', 'functions/adapters')(imported);

const mayMiddleware: MayImport = (_, imported) =>
  isPackage(imported)
    ? MIDDLEWARE_PACKAGES.test(imported)
    : inFolders('domain', 'functions/adapters', 'functions/middleware')(imported);

/**
 * Only `deps.ts` makes clients; elsewhere an SDK lends its types alone, for parts of transactions.
 */
const mayVerb: MayImport = (path, imported) => {
  if (isPackage(imported)) return VERB_PACKAGES.test(imported) || AWS_CLIENTS.test(imported);
  const own = path.split('/').slice(0, 2).join('/');
  return inFolders('domain', 'functions/adapters', 'functions/middleware', own)(imported);
};

const mayFunctions: MayImport = (path, imported) => {
  const [, folder] = foldersOf(path);
  if (folder === 'adapters') return mayAdapter(path, imported);
  return folder === 'middleware' ? mayMiddleware(path, imported) : mayVerb(path, imported);
};

/** The simulation alone runs the sources of functions, over services of its own. */
const mayLocal: MayImport = (path, imported) =>
  path.startsWith('local/simulate/')
    ? !imported.startsWith('test/')
    : !inFolders('examples', 'functions', 'test')(imported);

/** Who copies an example takes its folder, and nothing else of ours. */
const mayExample: MayImport = (path, imported) =>
  isPackage(imported)
    ? /^(node:|jose$|zod$)/.test(imported)
    : imported.startsWith(`${path.split('/').slice(0, 2).join('/')}/`);

const LAYERS: Readonly<Record<string, MayImport>> = {
  domain: mayDomain,
  examples: mayExample,
  lib: mayLib,
  bin: (path, imported) => mayLib(path, imported) || imported.startsWith('bin/'),
  functions: mayFunctions,
  local: mayLocal,
};

/** Each layer imports only what lies beneath it. */
export const layers: Check = (syntax) => {
  const { path } = syntax.source;
  const mayImport = LAYERS[foldersOf(path)[0]];
  if (mayImport === undefined) return [];
  return syntax.imports
    .filter((imported) => !mayImport(path, imported))
    .map((imported) => problemAt(syntax, 1, `imports ${imported}`));
};

/** Clients are made in one place, so that a run can be tested without any. */
export const clientsInDeps: Check = (syntax) => {
  const { path, text } = syntax.source;
  if (!path.startsWith('functions/') || path.endsWith('/deps.ts')) return [];
  return [...text.matchAll(/\bnew (\w+Client)\(/g)].map((match) =>
    problemAt(syntax, 1, `makes a client outside deps.ts: ${match[1]}`),
  );
};

/** The core waits for nothing: it is given everything, and answers. */
export const domainWaitsForNothing: Check = (syntax) =>
  syntax.source.path.startsWith('domain/') && syntax.isAsynchronous
    ? [problemAt(syntax, 1, 'async or await in the domain')]
    : [];

const BANNED =
  /^(Date\.now|new Date\(\)|new Date|Math\.random|(\w+\.)?random(UUID|Bytes|Int)\(.*|process\.(env|argv|cwd)|console\.(log|info|warn|error|debug|trace)|performance\.now|Temporal\.Now)$/s;

/**
 * The clock adapter reads the clock, `deps.ts` the environment; local tools and examples may do as
 * they need.
 */
const mayUse = (path: string): boolean =>
  isTest(path) ||
  path.startsWith('local/') ||
  path.startsWith('examples/') ||
  path.startsWith('functions/adapters/clock/') ||
  /^functions\/[a-z]+\/deps\.ts$/.test(path) ||
  !path.includes('/');

/** Time, chance, environment and console come in as arguments, but for a few named places. */
export const bannedCalls: Check = (syntax) =>
  mayUse(syntax.source.path)
    ? []
    : syntax.uses
        .filter(({ what }) => BANNED.test(what))
        .map(({ line, what }) => problemAt(syntax, line, what));
