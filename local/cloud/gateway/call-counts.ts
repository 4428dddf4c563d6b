/** How often each operation of each service was called since the start or the last `reset`. */
export type CallCounts = {
  count(service: string, operation: string): number;
  /** For example `{ dynamodb: { PutItem: 3 } }`. */
  all(): Record<string, Record<string, number>>;
  reset(): void;
};

export type CallCounter = CallCounts & { add(service: string, operation: string): void };

export const createCallCounter = (): CallCounter => {
  let counts: Record<string, Record<string, number>> = {};
  return {
    add: (service, operation) => {
      const ofService = counts[service] ?? {};
      ofService[operation] = (ofService[operation] ?? 0) + 1;
      counts[service] = ofService;
    },
    count: (service, operation) => counts[service]?.[operation] ?? 0,
    all: () => structuredClone(counts),
    reset: () => {
      counts = {};
    },
  };
};
