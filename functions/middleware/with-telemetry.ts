import type { MiddlewareObj } from '@middy/core';
import { errorName, type Telemetry } from '../adapters/log/log.ts';

/** Sends what was measured, and names what was thrown, at the end of each invocation. */
export const withTelemetry = ({ log, flush }: Telemetry): MiddlewareObj<unknown, unknown> => ({
  after: flush,
  onError: ({ error }) => {
    // Retry: the error goes on to Lambda, which gives the same input again.
    log.error('invocation failed', { error: errorName(error) });
    flush();
  },
});
