/** A route key of an HTTP API: `GET /v1/alerts/{alertId}`, `ANY /{proxy+}` or `$default`. */
export type RouteMatch<T> = { target: T; routeKey: string; pathParameters: Record<string, string> };

export type RouteTable<T> = {
  add(routeKey: string, target: T): void;
  /** The most specific route for this request; undefined when there is none. */
  match(method: string, path: string): RouteMatch<T> | undefined;
};

type Route<T> = { routeKey: string; method: string; segments: string[]; target: T };

const GREEDY = /^\{(.+)\+\}$/;
const PARAMETER = /^\{(.+)\}$/;

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

/** Static segments before parameters before greedy ones; an exact method before ANY. */
const weightsOf = ({ method, segments }: Route<unknown>): number[] => [
  ...segments.map((segment) => (GREEDY.test(segment) ? 2 : PARAMETER.test(segment) ? 1 : 0)),
  method === 'ANY' ? 1 : 0,
];

const bySpecificity = (left: Route<unknown>, right: Route<unknown>): number => {
  const [a, b] = [weightsOf(left), weightsOf(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Record: a broken escape is passed on as it was sent.
    return text;
  }
};

/** The path parameters when the path fits the pattern; undefined when it does not. */
const matchPath = (
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const [, greedy] = GREEDY.exec(segment) ?? [];
    const rest = path.slice(index);
    if (greedy !== undefined) {
      if (rest.join('/') === '') return undefined;
      parameters[greedy] = rest.map(decode).join('/');
      return parameters;
    }
    const actual = path[index];
    if (actual === undefined) return undefined;
    const [, name] = PARAMETER.exec(segment) ?? [];
    if (name !== undefined && actual !== '') parameters[name] = decode(actual);
    else if (segment !== actual) return undefined;
  }
  return pattern.length === path.length ? parameters : undefined;
};

export const createRouteTable = <T>(): RouteTable<T> => {
  const routes: Route<T>[] = [];
  let fallback: T | undefined;
  return {
    add: (routeKey, target) => {
      if (routeKey === '$default') {
        fallback = target;
        return;
      }
      const [method, path] = routeKey.split(' ');
      if (method === undefined || path === undefined || !path.startsWith('/')) {
        throw new Error(`Route key "${routeKey}" is not "METHOD /path" and not "$default".`);
      }
      routes.push({ routeKey, method, segments: segmentsOf(path), target });
      routes.sort(bySpecificity);
    },
    match: (method, path) => {
      const actual = segmentsOf(path);
      for (const route of routes) {
        if (route.method !== 'ANY' && route.method !== method) continue;
        const pathParameters = matchPath(route.segments, actual);
        if (pathParameters === undefined) continue;
        return { target: route.target, routeKey: route.routeKey, pathParameters };
      }
      if (fallback === undefined) return undefined;
      return { target: fallback, routeKey: '$default', pathParameters: {} };
    },
  };
};
