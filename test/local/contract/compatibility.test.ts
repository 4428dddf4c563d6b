import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { changesSince, type Direction } from '#local/contract/compatibility.ts';
import { publishedSchemaOf } from '#local/contract/json-schema.ts';

const since = (released: z.ZodType, current: z.ZodType, direction: Direction): string[] =>
  changesSince(publishedSchemaOf(released), publishedSchemaOf(current), direction).map(
    ({ path, effect, what }) => `${path} ${effect}: ${what}`,
  );

const FIELDS = {
  id: z.string().regex(/^[a-z]+$/),
  class: z.enum(['curfew', 'welfare']),
  sequence: z.number().int().min(1).max(99),
  note: z.string().max(10).optional(),
  place: z.object({ name: z.string() }).nullable(),
  point: z.tuple([z.number(), z.number()]),
  names: z.array(z.string().min(1)).max(3),
  errors: z.record(z.string(), z.object({ err: z.string() })),
  version: z.literal('1'),
  metres: z.number().nullable(),
};
const released = z.object(FIELDS);
type Fields = z.ZodRawShape;
const without = (name: string): Fields =>
  Object.fromEntries(Object.entries(FIELDS).filter(([field]) => field !== name));

describe('nothing that changed', () => {
  it.each(['sent', 'accepted'] as const)('is no change of what is %s', (direction) => {
    expect(since(released, released, direction)).toEqual([]);
  });
});

describe('of what we send', () => {
  it.each<[string, Fields, string]>([
    ['a field removed', without('id'), '/id breaks: is no longer always sent'],
    [
      'a field that may now be absent',
      { ...FIELDS, id: FIELDS.id.optional() },
      '/id breaks: is no longer always sent',
    ],
    [
      'a type changed',
      { ...FIELDS, sequence: z.string() },
      '/sequence breaks: its type changed: string and integer',
    ],
    [
      'a whole number that may be a fraction',
      { ...FIELDS, sequence: z.number().min(1).max(99) },
      '/sequence breaks: its type changed: number and integer',
    ],
    [
      'a value that may now be null',
      { ...FIELDS, id: FIELDS.id.nullable() },
      '/id breaks: its type changed: null and string',
    ],
    [
      'a number that is now text or null',
      { ...FIELDS, metres: z.string().nullable() },
      '/metres breaks: its type changed: string and number',
    ],
    [
      'a new value of a list',
      { ...FIELDS, class: z.enum(['curfew', 'welfare', 'tamper']) },
      '/class surprises: "tamper" is a new value',
    ],
    [
      'a list of values opened',
      { ...FIELDS, class: z.string() },
      '/class breaks: is no longer one of a list',
    ],
    [
      'another constant',
      { ...FIELDS, version: z.literal('2') },
      '/version breaks: "2" is a new value',
    ],
    [
      'a greater number',
      { ...FIELDS, sequence: z.number().int().min(1).max(100) },
      '/sequence breaks: its maximum changed',
    ],
    [
      'a lesser number',
      { ...FIELDS, sequence: z.number().int().min(0).max(99) },
      '/sequence breaks: its minimum changed',
    ],
    [
      'a longer text',
      { ...FIELDS, note: z.string().max(11).optional() },
      '/note breaks: its maxLength changed',
    ],
    [
      'another pattern',
      { ...FIELDS, id: z.string().regex(/^[a-z0-9]+$/) },
      '/id breaks: its pattern changed',
    ],
    [
      'a field of a part removed',
      { ...FIELDS, place: z.object({}).nullable() },
      '/place/name breaks: is no longer always sent',
    ],
    [
      'another type in a place',
      { ...FIELDS, point: z.tuple([z.number(), z.string()]) },
      '/point/1 breaks: its type changed: string and number',
    ],
    [
      'other members of a list',
      { ...FIELDS, names: z.array(z.number()).max(3) },
      '/names/[] breaks: its type changed: number and string',
    ],
    [
      'a longer list',
      { ...FIELDS, names: z.array(z.string().min(1)).max(4) },
      '/names breaks: its maxItems changed',
    ],
    [
      'another value by name',
      { ...FIELDS, errors: z.record(z.string(), z.object({ err: z.number() })) },
      '/errors/*/err breaks: its type changed: number and string',
    ],
  ])('%s is found', (_, fields, found) => {
    expect(since(released, z.object(fields), 'sent')).toEqual([found]);
  });

  it.each<[string, Fields]>([
    ['a new field', { ...FIELDS, more: z.string() }],
    ['a new field that may be absent', { ...FIELDS, more: z.string().optional() }],
    ['a field that is never null any more', { ...FIELDS, place: z.object({ name: z.string() }) }],
    ['fewer values of a list', { ...FIELDS, class: z.enum(['curfew']) }],
    ['narrower bounds', { ...FIELDS, sequence: z.number().int().min(2).max(9) }],
    ['bounds where there were none', { ...FIELDS, metres: z.number().min(0).nullable() }],
    ['an optional field that is always sent', { ...FIELDS, note: z.string().max(10) }],
    ['an optional field that is never sent', without('note')],
  ])('%s is understood', (_, fields) => {
    expect(since(released, z.object(fields), 'sent')).toEqual([]);
  });

  it('one place more in a list of places is found', () => {
    const point = z.tuple([z.number(), z.number(), z.number()]);
    expect(since(released, z.object({ ...FIELDS, point }), 'sent')).toContain(
      '/point breaks: its places changed',
    );
  });

  it('a new field is found where nothing new may be', () => {
    const strict = z.strictObject({ a: z.string() });
    expect(since(strict, strict.extend({ b: z.string() }), 'sent')).toEqual([
      '/b breaks: is new where nothing new may be',
    ]);
  });
});

describe('of what we accept', () => {
  it.each<[string, Fields, string]>([
    [
      'a new field that is required',
      { ...FIELDS, more: z.string() },
      '/more breaks: is a new field that is required',
    ],
    [
      'an optional field that is now required',
      { ...FIELDS, note: z.string().max(10) },
      '/note breaks: is a new field that is required',
    ],
    [
      'a list of values narrowed',
      { ...FIELDS, class: z.enum(['curfew']) },
      '/class breaks: "welfare" is no longer accepted',
    ],
    [
      'a free text narrowed to a list',
      { ...FIELDS, note: z.enum(['a']).optional() },
      '/note breaks: is no longer one of a list',
    ],
    [
      'a type changed',
      { ...FIELDS, sequence: z.string() },
      '/sequence breaks: its type changed: integer and string',
    ],
    [
      'null refused',
      { ...FIELDS, place: z.object({ name: z.string() }) },
      '/place breaks: its type changed: null and object',
    ],
    [
      'narrower bounds',
      { ...FIELDS, sequence: z.number().int().min(1).max(98) },
      '/sequence breaks: its maximum changed',
    ],
    ['a field no longer read', without('note'), '/note breaks: is no longer read'],
  ])('%s is found', (_, fields, found) => {
    expect(since(released, z.object(fields), 'accepted')).toEqual([found]);
  });

  it('an unknown field is found to be refused', () => {
    expect(since(released, z.strictObject(FIELDS), 'accepted')).toEqual([
      ' breaks: what it may hold besides changed',
    ]);
  });

  it.each<[string, Fields]>([
    ['a new field that may be absent', { ...FIELDS, more: z.string().optional() }],
    ['a new value of a list', { ...FIELDS, class: z.enum(['curfew', 'welfare', 'tamper']) }],
    ['wider bounds', { ...FIELDS, sequence: z.number().int().min(0).max(100) }],
    ['a field that may now be absent', { ...FIELDS, id: FIELDS.id.optional() }],
    ['a field that may now be null', { ...FIELDS, id: FIELDS.id.nullable() }],
  ])('%s is understood', (_, fields) => {
    expect(since(released, z.object(fields), 'accepted')).toEqual([]);
  });
});

describe('one of several kinds of message', () => {
  const accepted = z.object({ type: z.literal('accepted'), by: z.string() });
  const rejected = z.object({ type: z.literal('rejected'), cause: z.enum(['too-old', 'other']) });
  const both = z.discriminatedUnion('type', [accepted, rejected]);

  it('may be added to what we accept, and not left out', () => {
    expect(since(accepted, both, 'accepted')).toEqual([]);
    expect(since(both, accepted, 'accepted')).toContain(
      '/type breaks: "rejected" is no longer accepted',
    );
  });

  it('may be left out of what we send, and is found when it is added', () => {
    expect(since(both, accepted, 'sent')).toEqual([]);
    expect(since(accepted, both, 'sent')).not.toEqual([]);
  });

  it('is compared with the one of its name', () => {
    const narrowed = rejected.extend({ cause: z.enum(['other']) });
    const other = z.discriminatedUnion('type', [narrowed, accepted]);
    expect(since(both, other, 'accepted')).toEqual([
      '/cause breaks: "too-old" is no longer accepted',
    ]);
  });
});

describe('a schema', () => {
  it('with a word that the comparison does not know is refused', () => {
    const odd = z.string().meta({ not: { type: 'number' } });
    expect(() => publishedSchemaOf(odd)).toThrow(/not/);
  });
});
