import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { wearerRefSchema } from '#domain/model/ids.ts';
import { alertContext } from '#functions/adapters/dynamodb/alert-context.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { supervisions } from '#functions/adapters/dynamodb/supervisions.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { violation } from '#test/support/alerts.ts';
import { attesting } from '#test/support/attest.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { SCHOOL } from '#test/support/supervisions.ts';

const WEARER = wearerRefSchema.parse({ agencyId: 'demo', wearerId: 'w-1' });
const SHAPE = { type: 'Circle', centre: SCHOOL, radiusMetres: 200 };
const CONDITION = {
  ...{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', bufferMetres: 100 },
};

/** What an alert about the school starts with. */
const openingOf = async (fields: object) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const api = keptApi({
    deps: {
      documents: documents(client, 'monitoring'),
      loadSupervision: supervisions(client, 'monitoring'),
    },
  });
  await api.ask('PUT /v1/zones/{zoneId}', {
    ...{ path: { zoneId: 'school' }, body: { name: 'School', kind: 'exclusion', shape: SHAPE } },
  });
  for (const { route, path, body } of DOCUMENTS) {
    if (route.includes('zone')) continue;
    const asked = route.includes('orders') ? { ...body, conditions: [CONDITION] } : body;
    await attesting(api.ask)(`PUT ${route}`, { path, body: asked });
    if (route.includes('orders')) break;
  }
  const found = violation({ conditionId: 'school', conditionKind: 'exclusion-zone', ...fields });
  const { facts } = await alertContext(client, 'monitoring').loadOpening(WEARER.agencyId, found);
  return facts;
};

it('an alert about a zone has its name and where it lies', async () => {
  const { zoneName, zoneArea } = await openingOf({ reason: 'inside-zone' });
  expect({ zoneName, zoneArea }).toEqual({
    zoneName: 'School',
    zoneArea: { ...SHAPE, shows: 'zone' },
  });
});

it('an alert about what lies round a zone shows nobody the zone as the place', async () => {
  const facts = await openingOf({ reason: 'inside-buffer' });
  expect(facts.zoneName).toBe('School and 100 m round it');
  expect(facts).not.toHaveProperty('zoneArea');
});
