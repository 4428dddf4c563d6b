import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { createEventFilter, type EventFilter } from '../sources/event-filter.ts';
import { functionByArn, type Workbench } from '../workbench.ts';
import { placeOf, type ResolvedResource, withoutEffect } from './resource-kind.ts';

/** A whole number within what AWS allows; a template may write it as text. */
export const within = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/**
 * What mappings of queues and of streams have in common. Limits by
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const commonShape = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FilterCriteria: z.unknown().optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  MaximumBatchingWindowInSeconds: within(0, 300).default(0),
  Enabled: z.union([z.literal(true), z.literal('true')]).optional(),
  KmsKeyArn: withoutEffect,
  Tags: withoutEffect,
};

export const MOST_RECORDS = 10_000;

export const filterOf = (criteria: unknown, resource: ResolvedResource): EventFilter | undefined =>
  criteria === undefined ? undefined : createEventFilter(criteria, placeOf(resource));

/** `FunctionName` may be a name or an ARN. */
export const mappedFunction = (
  name: string,
  resource: ResolvedResource,
  bench: Workbench,
): LocalFunction =>
  bench.registry.functions.find(({ settings }) => settings.sandbox.functionName === name) ??
  functionByArn(bench.registry, name, placeOf(resource));

/** Above ten records, or above what one poll brings, Lambda asks for time to gather them. */
export const checkWindow = (
  { batchSize, windowSeconds }: { batchSize: number; windowSeconds: number },
  resource: ResolvedResource,
): void => {
  if (batchSize <= 10 || windowSeconds >= 1) return;
  throw new Error(`${placeOf(resource)}: a batch above 10 needs a batching window of 1 s or more.`);
};
