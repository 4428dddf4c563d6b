import { describe, expect, it } from 'vitest';
import { allSources } from '#test/support/tidy/sources.ts';
import { readSyntax } from '#test/support/tidy/syntax.ts';

const files = allSources()
  .filter(({ path }) => path.endsWith('.ts'))
  .map(readSyntax);

/** Who may know of the forecast: the route that answers it, and what it is learned by. */
const MAY_KNOW = [
  /^domain\/forecast\//,
  /^functions\/api\/routes\/forecast\.ts$/,
  /^local\/forecast\//,
  /^test\/(?:domain|local)\/forecast\//,
];

const knowing = (all: typeof files): string[] =>
  all
    .filter(({ imports }) => imports.some((path) => path.startsWith('domain/forecast/')))
    .map(({ source }) => source.path)
    .filter((path) => !MAY_KNOW.some((may) => may.test(path)));

describe('the forecast', () => {
  it('is known to nothing that evaluates, escalates, tells, reports or decides', () => {
    expect(knowing(files)).toEqual([]);
  });

  it.each([
    'domain/evaluate/rules/curfew-absence.ts',
    'domain/escalate/severity.ts',
    'domain/liaison/event.ts',
    'domain/report/breach-pack.ts',
    'functions/escalate/run.ts',
    'functions/evaluate/run.ts',
  ])('would be found in %s', (path) => {
    const text = "import { forecast } from '#domain/forecast/model.ts';";
    expect(knowing([readSyntax({ path, text })])).toEqual([path]);
  });

  it('is asked by one route alone, which is no part of what reports are made of', () => {
    const route = 'functions/api/routes/forecast.ts';
    const askers = files.filter(({ imports }) => imports.includes(route));
    expect(askers.map(({ source }) => source.path)).toEqual(['functions/api/wearer-routes.ts']);
  });
});
