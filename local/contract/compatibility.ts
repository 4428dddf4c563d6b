import { isDeepStrictEqual } from 'node:util';
import type { SchemaNode } from './schema-node.ts';

/** What we send, or what we take in. */
export type Direction = 'sent' | 'accepted';

/**
 * `breaks`: a party that goes by the released contract fails on it. `surprises`: it may, where it
 * has not foreseen that a list grows.
 */
export type Change = Readonly<{ path: string; effect: 'breaks' | 'surprises'; what: string }>;

/** Whether everything within `inner` is within `outer`; and how we came here. */
type Pair = Readonly<{ inner: SchemaNode; outer: SchemaNode; path: string; direction: Direction }>;

const breaks = ({ path }: Pair, what: string): Change => ({ path, effect: 'breaks', what });

const branchesOf = (node: SchemaNode): readonly SchemaNode[] | undefined => {
  const { anyOf, oneOf, type } = node;
  return Array.isArray(type) ? type.map((one) => ({ ...node, type: one })) : (anyOf ?? oneOf);
};

const valuesOf = (node: SchemaNode): readonly unknown[] | undefined =>
  'const' in node ? [node.const] : node.enum;

const includes = (values: readonly unknown[], value: unknown): boolean =>
  values.some((one) => isDeepStrictEqual(one, value));

/** The fewest changes that explain one branch by another. */
const leastOf = (changes: readonly Change[][]): Change[] =>
  changes.reduce((least, some) => {
    const weight = (all: readonly Change[]) =>
      all.reduce((sum, { effect }) => sum + (effect === 'breaks' ? 100 : 1), 0);
    return weight(some) < weight(least) ? some : least;
  });

const changesOfValues = (pair: Pair): Change[] => {
  const inner = valuesOf(pair.inner);
  const outer = valuesOf(pair.outer);
  if (outer === undefined) return [];
  if (inner === undefined) return [breaks(pair, 'is no longer one of a list')];
  return inner
    .filter((value) => !includes(outer, value))
    .map((value) =>
      pair.direction === 'accepted'
        ? breaks(pair, `${JSON.stringify(value)} is no longer accepted`)
        : { ...breaks(pair, `${JSON.stringify(value)} is a new value`), effect: effectOf(pair) },
    );
};

/** One more word of a list may be lived with; another constant is another thing. */
const effectOf = ({ outer }: Pair): Change['effect'] =>
  outer.enum === undefined ? 'breaks' : 'surprises';

const typeFits = (inner: SchemaNode['type'], outer: SchemaNode['type']): boolean =>
  outer === undefined || inner === outer || (inner === 'integer' && outer === 'number');

const changesOfType = (pair: Pair): Change[] =>
  typeFits(pair.inner.type, pair.outer.type)
    ? []
    : [breaks(pair, `its type changed: ${pair.inner.type ?? 'any'} and ${pair.outer.type}`)];

const LOWER = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems'] as const;
const UPPER = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems'] as const;
const SAME = ['pattern', 'format', 'contentEncoding', 'propertyNames'] as const;

/** Bounds and patterns of `outer` that `inner` does not keep to. */
const changesOfBounds = (pair: Pair): Change[] => {
  const { inner, outer } = pair;
  if (valuesOf(inner) !== undefined) return [];
  const isLower = (name: (typeof LOWER)[number]) =>
    (inner[name] ?? -Infinity) < (outer[name] ?? -Infinity);
  const isUpper = (name: (typeof UPPER)[number]) =>
    (inner[name] ?? Infinity) > (outer[name] ?? Infinity);
  const isOther = (name: (typeof SAME)[number]) =>
    outer[name] !== undefined && !isDeepStrictEqual(inner[name], outer[name]);
  return [...LOWER.filter(isLower), ...UPPER.filter(isUpper), ...SAME.filter(isOther)].map((name) =>
    breaks(pair, `its ${name} changed`),
  );
};

const requiredOf = ({ required }: SchemaNode): readonly string[] => required ?? [];

const changesOfRequired = (pair: Pair): Change[] =>
  requiredOf(pair.outer)
    .filter((name) => !requiredOf(pair.inner).includes(name))
    .map((name) => {
      const what =
        pair.direction === 'sent' ? 'is no longer always sent' : 'is a new field that is required';
      return { path: `${pair.path}/${name}`, effect: 'breaks', what };
    });

const isNode = (node: boolean | SchemaNode | undefined): node is SchemaNode =>
  typeof node === 'object';

/** A field that only `inner` has: new in what we send, or gone from what we take in. */
const changesOfUnknown = (pair: Pair): Change[] => {
  const { additionalProperties } = pair.outer;
  if (isNode(additionalProperties)) return changes({ ...pair, outer: additionalProperties });
  if (pair.direction === 'accepted') return [breaks(pair, 'is no longer read')];
  return additionalProperties === false ? [breaks(pair, 'is new where nothing new may be')] : [];
};

const changesOfFields = (pair: Pair): Change[] =>
  Object.entries(pair.inner.properties ?? {}).flatMap(([name, inner]) => {
    const at = { ...pair, inner, path: `${pair.path}/${name}` };
    const outer = pair.outer.properties?.[name];
    return outer === undefined
      ? changesOfUnknown({ ...at, outer: pair.outer })
      : changes({ ...at, outer });
  });

/** What stands in an object beside its named fields. */
const changesOfRest = (pair: Pair): Change[] => {
  const inner = pair.inner.additionalProperties;
  const outer = pair.outer.additionalProperties;
  if (isNode(inner) && isNode(outer)) {
    return changes({ ...pair, inner, outer, path: `${pair.path}/*` });
  }
  const closes = pair.direction === 'accepted' && outer === false && inner !== false;
  return closes || (isNode(inner) !== isNode(outer) && outer !== undefined)
    ? [breaks(pair, 'what it may hold besides changed')]
    : [];
};

const changesOfItems = (pair: Pair): Change[] => {
  const { inner, outer, path } = pair;
  if (inner.prefixItems?.length !== outer.prefixItems?.length) {
    return [breaks(pair, 'its places changed')];
  }
  const places = (inner.prefixItems ?? []).flatMap((node, i) =>
    changes({ ...pair, inner: node, outer: outer.prefixItems?.[i] ?? {}, path: `${path}/${i}` }),
  );
  if (!isNode(outer.items)) return places;
  const items = isNode(inner.items) ? inner.items : {};
  return [...places, ...changes({ ...pair, inner: items, outer: outer.items, path: `${path}/[]` })];
};

const changes = (pair: Pair): Change[] => {
  const inner = branchesOf(pair.inner);
  if (inner !== undefined) return inner.flatMap((node) => changes({ ...pair, inner: node }));
  const outer = branchesOf(pair.outer);
  if (outer !== undefined) return leastOf(outer.map((node) => changes({ ...pair, outer: node })));
  const ofType = [...changesOfType(pair), ...changesOfValues(pair)];
  if (ofType.some(({ effect }) => effect === 'breaks')) return ofType;
  return [
    ...ofType,
    ...changesOfBounds(pair),
    ...changesOfRequired(pair),
    ...changesOfFields(pair),
    ...changesOfRest(pair),
    ...changesOfItems(pair),
  ];
};

/**
 * What a party that goes by the released schema would come to grief by. What we send must stay
 * within what was released; what was released to be accepted must stay within what we accept. In
 * doubt it is a change.
 */
export const changesSince = (
  released: SchemaNode,
  current: SchemaNode,
  direction: Direction,
): Change[] =>
  direction === 'sent'
    ? changes({ inner: current, outer: released, path: '', direction })
    : changes({ inner: released, outer: current, path: '', direction });
