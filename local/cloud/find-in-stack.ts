import type { LocalFunction } from './functions/local-function.ts';
import type { Registry } from './workbench.ts';

/** The one thing whose logical id is, or begins with, the given text. */
const findOne = <T>(
  candidates: readonly T[],
  prefix: string,
  describe: { what: string; idOf: (candidate: T) => string },
): T => {
  const { what, idOf } = describe;
  const exact = candidates.filter((candidate) => idOf(candidate) === prefix);
  const found = exact.length > 0 ? exact : candidates.filter((one) => idOf(one).startsWith(prefix));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const names = candidates.map(idOf).join(', ');
  throw new Error(
    `${found.length} ${what} have a logical id like "${prefix}"; there are: ${names}.`,
  );
};

/** Ways to reach the stack's resources by (the beginning of) their logical ids. */
export const findInStack = (registry: Registry) => {
  const functionLike = (prefix: string): LocalFunction =>
    findOne(registry.functions, prefix, {
      what: 'functions',
      idOf: ({ settings }) => settings.logicalId,
    });
  const idOf = ({ logicalId }: { logicalId: string }): string => logicalId;
  return {
    secret: (logicalIdOrArn: string): string => {
      const byArn = registry.secrets.find(({ arn }) => arn === logicalIdOrArn);
      return (byArn ?? findOne(registry.secrets, logicalIdOrArn, { what: 'secrets', idOf })).value;
    },
    tableName: (prefix: string): string =>
      findOne(registry.tables, prefix, { what: 'tables', idOf }).name,
    queueUrl: (prefix: string): string =>
      findOne(registry.queues, prefix, { what: 'queues', idOf }).url,
    bucketName: (prefix: string): string =>
      findOne(registry.buckets, prefix, { what: 'buckets', idOf }).name,
    functionLogs: (prefix: string): string[] => functionLike(prefix).log.lines(),
    invoke: async (prefix: string, payload: unknown): Promise<unknown> => {
      const result = await functionLike(prefix).invoke(payload);
      if (result.outcome === 'success') return result.payload;
      const { errorType, errorMessage } = result.error;
      throw new Error(`${prefix} failed: ${errorType}: ${errorMessage}`);
    },
  };
};
