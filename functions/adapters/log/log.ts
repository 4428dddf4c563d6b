import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/**
 * A line of the log: ids, counts and reasons. The type admits nothing nested, so that no body, name
 * or position slips in with an object.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Log = Readonly<{
  info: (message: string, fields: LogFields) => void;
  warn: (message: string, fields: LogFields) => void;
  error: (message: string, fields: LogFields) => void;
}>;

/**
 * A metric is a count, or seconds where its name says so. Sent in the log, as CloudWatch reads it.
 */
export type Measure = (name: string, value: number) => void;

export type Telemetry = Readonly<{ log: Log; measure: Measure; flush: () => void }>;

/** Only the kind and name of an error: its message may quote what must not be logged. */
export const errorName = (error: unknown): string =>
  error instanceof Error ? error.name : typeof error;

/** Powertools' logger and metrics behind our own narrow door. Names come from its environment. */
export const telemetry = (): Telemetry => {
  const logger = new Logger();
  const metrics = new Metrics();
  const seconds = /Seconds$/;
  return {
    log: {
      info: (message, fields) => logger.info(message, { ...fields }),
      warn: (message, fields) => logger.warn(message, { ...fields }),
      error: (message, fields) => logger.error(message, { ...fields }),
    },
    measure: (name, value) =>
      metrics.addMetric(name, seconds.test(name) ? 'Seconds' : 'Count', value),
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
};
