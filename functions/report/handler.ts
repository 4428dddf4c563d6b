import middy from '@middy/core';
import { withTelemetry } from '../middleware/with-telemetry.ts';
import { createDeps } from './deps.ts';
import { run } from './run.ts';

const deps = createDeps();

export const handler = middy(run(deps)).use(withTelemetry(deps.telemetry));
