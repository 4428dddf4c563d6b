import { describe, expect, it } from 'vitest';
import { verbs } from '#lib/verbs.ts';
import {
  noWorkplace,
  routedFailures,
  soundTypes,
  tellingNames,
} from '#test/support/tidy/habits.ts';
import {
  bannedCalls,
  clientsInDeps,
  domainWaitsForNothing,
  layers,
} from '#test/support/tidy/layers.ts';
import {
  fewParameters,
  narrowLines,
  shortFiles,
  shortFunctions,
} from '#test/support/tidy/limits.ts';
import type { Check, Problem } from '#test/support/tidy/problem.ts';
import { allSources } from '#test/support/tidy/sources.ts';
import { readSyntax } from '#test/support/tidy/syntax.ts';
import { WAIVERS } from '#test/support/tidy/waivers.ts';
import packageJson from '../package.json' with { type: 'json' };

const sources = allSources();
const files = sources.filter(({ path }) => path.endsWith('.ts')).map(readSyntax);
const paths = new Set(sources.map(({ path }) => path));

type House = Readonly<{ check: Check; broken: readonly (readonly [path: string, text: string])[] }>;

/** Not spelt out where it would be looked for. */
const UNSOUND = 'any';

/** Every rule, with code that breaks it: a rule that finds nothing in that is no rule. */
const RULES: Readonly<Record<string, House>> = {
  'each layer imports only what lies beneath it': {
    check: layers,
    broken: [
      ['domain/geo/a.ts', "import { readFileSync } from 'node:fs';"],
      ['domain/geo/a.ts', "import { keyItem } from '#functions/adapters/dynamodb/items.ts';"],
      ['lib/a.ts', "import { instant } from '#domain/model/instant.ts';"],
      ['lib/a.ts', "import { run } from '../functions/ingest/run.ts';"],
      ['functions/api/a.ts', "import type { IngestDeps } from '../ingest/run.ts';"],
      ['functions/api/a.ts', "import { App } from 'aws-cdk-lib';"],
      ['functions/adapters/sqs/a.ts', "import { refusal } from '../../middleware/http.ts';"],
      ['functions/adapters/sqs/a.ts', "import { run } from '../../ingest/run.ts';"],
      ['functions/middleware/a.ts', "const { run } = await import('../api/run.ts');"],
      ['local/a.ts', "export { run } from '#functions/ingest/run.ts';"],
      ['local/simulate/a.ts', "import { aWearer } from '#test/support/supervisions.ts';"],
      ['bin/app.ts', "import { x } from '#local/cloud/cloud.ts';"],
      ['examples/police-subscriber/a.ts', "import { x } from '#domain/liaison/event.ts';"],
      ['examples/police-subscriber/a.ts', "import { x } from '../other-subscriber/a.ts';"],
      ['examples/police-subscriber/a.ts', "import { x } from 'fast-check';"],
      ['domain/a.ts', "import { x } from '../examples/police-subscriber/wire.ts';"],
    ],
  },
  'clients are made in deps.ts alone': {
    check: clientsInDeps,
    broken: [['functions/api/run.ts', 'const client = new DynamoDBClient();']],
  },
  'the domain waits for nothing': {
    check: domainWaitsForNothing,
    broken: [
      ['domain/a.ts', 'export const load = async () => 1;'],
      ['domain/a.ts', 'export const value = await Promise.resolve(1);'],
    ],
  },
  'time, chance, environment and console come in as arguments': {
    check: bannedCalls,
    broken: [
      ['domain/a.ts', 'export const now = () => Date.now();'],
      ['functions/api/run.ts', 'const now = new Date();'],
      ['functions/api/run.ts', 'const clock = Date.now;'],
      ['domain/a.ts', 'const dice = Math.random();'],
      ['functions/adapters/sqs/queue.ts', 'const id = randomUUID();'],
      ['functions/adapters/sqs/queue.ts', 'const id = crypto.randomBytes(9);'],
      ['functions/api/run.ts', 'const table = process.env.TABLE;'],
      ['lib/a.ts', "console.log('here');"],
    ],
  },
  'files are short, handlers shorter': {
    check: shortFiles,
    broken: [
      ['domain/a.ts', 'f();\n'.repeat(251)],
      ['test/a.test.ts', 'f();\n'.repeat(501)],
      ['functions/api/handler.ts', 'f();\n'.repeat(26)],
    ],
  },
  'lines are narrow': {
    check: narrowLines,
    broken: [
      ['domain/a.ts', `// ${'far '.repeat(25)}`],
      ['domain/a.ts', `f(${'a, '.repeat(40)});`],
    ],
  },
  'functions are short': {
    check: shortFunctions,
    broken: [['domain/a.ts', `const f = () => {\n${'  g();\n'.repeat(70)}};`]],
  },
  'functions take few parameters': {
    check: fewParameters,
    broken: [
      ['domain/a.ts', 'const f = (a: A, b: B, c: C, d: D) => a;'],
      ['domain/a.ts', 'function f(a: A, b: B, c: C, d: D) {}'],
      ['domain/a.ts', 'class A { f(a: A, b: B, c: C, d: D) {} }'],
    ],
  },
  'types are shown, not asserted': {
    check: soundTypes,
    broken: [
      ['domain/a.ts', 'const a = b as Instant;'],
      ['domain/a.ts', 'const a = b as unknown;'],
      ['test/a.test.ts', `const f = (a: ${UNSOUND}) => a;`],
      ['domain/a.ts', `const a: Array<${UNSOUND}> = [];`],
    ],
  },
  'every catch says where the failure goes': {
    check: routedFailures,
    broken: [
      ['functions/api/a.ts', 'try { f(); } catch { g(); }'],
      ['functions/api/a.ts', 'try { f(); } catch (error) {\n  // It does not matter.\n}'],
      ['local/a.ts', 'f().catch(() => undefined);'],
    ],
  },
  'names say what is inside': {
    check: tellingNames,
    broken: [
      ['domain/utils.ts', ''],
      ['domain/geo/index.ts', ''],
      ['functions/api/page-helpers.ts', ''],
      ['functions/api/pageView.ts', ''],
      ['lib/queue-manager.ts', ''],
    ],
  },
};

const shown = ({ path, line, what }: Problem): string => `${path}:${line} ${what}`;

const unwaived = (rule: string, problems: readonly Problem[]): string[] =>
  problems.filter(({ path }) => WAIVERS[rule]?.[path] === undefined).map(shown);

describe.each(Object.entries(RULES))('%s', (name, { check, broken }) => {
  it('holds throughout the house', () => {
    expect(unwaived(name, files.flatMap(check))).toEqual([]);
  });

  it('finds code that breaks it', () => {
    const unfound = broken.filter(([path, text]) => check(readSyntax({ path, text })).length === 0);
    expect(unfound).toEqual([]);
  });

  it('is waived only where that is still needed', () => {
    const needed = new Set(files.flatMap(check).map(({ path }) => path));
    const waived = Object.keys(WAIVERS[name] ?? {});
    expect(waived.filter((path) => !needed.has(path))).toEqual([]);
  });
});

describe('nothing speaks of the place where it was built', () => {
  it('holds in every text file', () => {
    expect(sources.flatMap(noWorkplace).map(shown)).toEqual([]);
  });

  it.each([
    ['a path', ['see /wo', 'rk/main/lib']],
    ['a shelf', ['see sha', 'red/design/product.md']],
    ['a host', ['https://regis', 'try.npmjs.org/zod']],
    ['a number', ['fixes iss', 'ue #12']],
  ])('is broken by %s', (_, pieces) => {
    expect(noWorkplace({ path: 'docs/a.md', text: pieces.join('') })).not.toEqual([]);
  });
});

/** What `npm run` starts. */
const SCRIPTS = Object.values(packageJson.scripts).join('\n');

describe('every file is used', () => {
  /** Files that something other than an import starts. */
  const isEntry = (path: string): boolean =>
    /^functions\/[a-z]+\/handler\.ts$/.test(path) ||
    /\.test\.ts$/.test(path) ||
    path.startsWith('test/stack/fixture-app/') ||
    path.startsWith('local/bench/') ||
    // Days that tests measure the rules by; some of them stand in the demo world, too.
    path.startsWith('local/worlds/generators/') ||
    // What measures the tests starts these, and what takes guards away the last.
    [
      'local/simulate/hunt.ts',
      'test/support/no-shrinking.ts',
      'vitest.mutation.config.ts',
    ].includes(path) ||
    SCRIPTS.includes(`node ${path}`) ||
    [
      ...['bin/app.ts', 'vitest.config.ts'],
      ...['test/stack/set-up-run.ts', 'test/support/seed-properties.ts'],
    ].includes(path);

  const unused = (all: typeof files): string[] => {
    const byProduct = all.filter(({ source }) => !source.path.startsWith('test/'));
    const used = new Set(byProduct.flatMap(({ imports }) => imports));
    const usedByTests = new Set(all.flatMap(({ imports }) => imports));
    const isUsed = (path: string) =>
      path.startsWith('test/') ? usedByTests.has(path) : used.has(path);
    return all.map(({ source }) => source.path).filter((path) => !isEntry(path) && !isUsed(path));
  };

  it('by more than its own test', () => {
    const waived = WAIVERS['every file is used'] ?? {};
    expect(unused(files).sort()).toEqual(Object.keys(waived).sort());
  });

  it('is broken by a file that nothing imports', () => {
    const orphan = readSyntax({ path: 'domain/orphan.ts', text: 'export const a = 1;' });
    expect(unused([...files, orphan])).toContain('domain/orphan.ts');
  });
});

describe.each(verbs)('the folder of %s', (verb) => {
  it('holds handler, run, deps and env', () => {
    const parts = ['handler', 'run', 'deps', 'env'].map((name) => `functions/${verb}/${name}.ts`);
    expect(parts.filter((path) => !paths.has(path))).toEqual([]);
  });

  it('explains itself under the four headings, and names its failure routes', () => {
    const readme = sources.find(({ path }) => path === `functions/${verb}/README.md`)?.text ?? '';
    const headings = [...readme.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      'Purpose',
      'General Flow',
      'Key Integration Points',
      'Nuances and Peculiarities',
    ]);
    expect(['Park', 'Record', 'Retry'].filter((route) => !readme.includes(`**${route}**`))).toEqual(
      [],
    );
  });
});

describe('every rule of evaluation', () => {
  const rules = [...paths].filter((path) => /^domain\/evaluate\/rules\/[^/]+\.ts$/.test(path));

  it('is found by this test', () => expect(rules.length).toBeGreaterThan(1));

  it.each(rules)('%s has a test of its own', (path) => {
    expect(paths).toContain(`test/${path.replace(/\.ts$/, '.test.ts')}`);
  });
});
