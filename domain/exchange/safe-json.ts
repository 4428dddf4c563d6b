/** Deeper than any document of ours: a zone of several polygons has nine levels. */
const MOST_LEVELS = 16;

/** Names that reach behind an object into what all objects share. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const isWithinDepth = (text: string): boolean => {
  let [level, isQuoted] = [0, false];
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (isQuoted && sign === '\\') i += 1;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (sign === '{' || sign === '[')) level += 1;
    else if (!isQuoted && (sign === '}' || sign === ']')) level -= 1;
    if (level > MOST_LEVELS) return false;
  }
  return true;
};

export type JsonReading =
  | Readonly<{ ok: true; value: unknown }>
  | Readonly<{ ok: false; message: string }>;

/**
 * Parses JSON of strangers: refuses what is nested so deep that a reader could run out of stack,
 * and objects with a name such as `__proto__` that some readers take for more than a name.
 */
export const parseSafeJson = (text: string): JsonReading => {
  if (!isWithinDepth(text)) return { ok: false, message: `nested deeper than ${MOST_LEVELS}` };
  const forbidden = new Set<string>();
  try {
    const value: unknown = JSON.parse(text, (name, inner: unknown) => {
      if (FORBIDDEN.has(name)) forbidden.add(name);
      return inner;
    });
    const [name] = forbidden;
    if (name === undefined) return { ok: true, value };
    return { ok: false, message: `no field may be called ${name}` };
  } catch {
    // Record: what is no JSON is said where it stands.
    return { ok: false, message: 'not one JSON value' };
  }
};
