import { expect, it } from 'vitest';
import * as z from 'zod';
import { readJson } from '#functions/adapters/dynamodb/items.ts';

const HALVED = '{"label":"Zo\\u00eb \\ud83d"}';

it('a document that was kept with half a character is read, in well-formed Unicode', () => {
  const schema = z.object({ label: z.string() });
  expect(readJson({ body: { S: HALVED } }, 'body', schema)).toEqual({ label: 'Zoë \ufffd' });
});
