import { describe, expect, it } from 'vitest';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import { MalformedItem } from '#functions/adapters/dynamodb/items.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { SCHOOL } from '#test/support/supervisions.ts';
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

describe('a document on record that is no JSON', () => {
  it('is mended by putting it again', async () => {
    const api = keptApi();
    const shape = { type: 'Circle', centre: SCHOOL, radiusMetres: 200 };
    const body = { name: 'School', kind: 'exclusion', shape };
    const put = () => api.ask('PUT /v1/zones/{zoneId}', { path: { zoneId: 'school' }, body });
    await put();
    const key = 'demo#ZONE#school CURRENT';
    api.items.set(key, { ...api.items.get(key), body: { S: '{"zoneId":' } });
    expect(await put()).toMatchObject({ statusCode: 200, json: { version: 2, changed: true } });
  });
});
