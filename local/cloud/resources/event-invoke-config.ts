import * as z from 'zod';
import { DEFAULT_EVENT_INVOKE } from '../functions/async-invoker.ts';
import { mappedFunction, within } from './mapping-shape.ts';
import { type ResourceKind, readProperties } from './resource-kind.ts';

const configSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: within(0, 2).default(DEFAULT_EVENT_INVOKE.maximumRetries),
  MaximumEventAgeInSeconds: within(60, 21_600).default(DEFAULT_EVENT_INVOKE.maximumAgeSeconds),
});

/** AWS::Lambda::EventInvokeConfig: how often and how long an asynchronous event is tried. */
export const eventInvokeConfig: ResourceKind = (resource, bench) => {
  const properties = readProperties(configSchema, resource);
  const { settings } = mappedFunction(properties.FunctionName, resource, bench);
  bench.registry.eventInvokes.set(settings.logicalId, {
    maximumRetries: properties.MaximumRetryAttempts,
    maximumAgeSeconds: properties.MaximumEventAgeInSeconds,
  });
  return { ref: resource.logicalId, attributes: {} };
};
