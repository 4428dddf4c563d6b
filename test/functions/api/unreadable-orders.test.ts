import { describe, expect, it } from 'vitest';
import { MissingDocument } from '#domain/evaluate/compile-supervision.ts';
import { MalformedItem } from '#functions/adapters/dynamodb/items.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { DOCUMENTS } from './documents.ts';

describe('the orders of a wearer that cannot be read', () => {
  it.each([
    new MalformedItem('demo#WEARER#w-1 / ORDER#o-1', 'no version'),
    new MissingDocument('zone', 'school'),
  ])('are mended by putting an order: %s', async (problem) => {
    const api = keptApi({ deps: { loadSupervision: () => Promise.reject(problem) } });
    const statuses: [string, number][] = [];
    for (const { route, path, body } of DOCUMENTS) {
      const { statusCode } = await api.ask(`PUT ${route}`, { path, body });
      statuses.push([route, statusCode]);
    }
    expect(statuses.filter(([, statusCode]) => statusCode !== 201)).toEqual([]);
  });
});
