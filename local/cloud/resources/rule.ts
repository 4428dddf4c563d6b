import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Instant, instant, instantSchema } from '#domain/model/instant.ts';
import { createAsyncInvoker, DEFAULT_EVENT_INVOKE } from '../functions/async-invoker.ts';
import { arnOf, physicalName } from '../place.ts';
import { functionByArn, type Workbench } from '../workbench.ts';
import { placeOf, type ResourceKind, readProperties, withoutEffect } from './resource-kind.ts';

const RATE = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/;

const periodSchema = z.string().transform((text, context) => {
  const [, count, unit] = RATE.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    context.addIssue(`the local cloud knows rate(...) schedules, not "${text}"`);
    return z.NEVER;
  }
  const unitSeconds = unit.startsWith('minute') ? 60 : unit.startsWith('hour') ? 3600 : 86_400;
  return Number(count) * unitSeconds * 1000;
});

const ruleSchema = z.strictObject({
  Name: z.string().optional(),
  Description: withoutEffect,
  ScheduleExpression: periodSchema,
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string(),
        Id: z.string(),
        Input: z.string().optional(),
        RetryPolicy: withoutEffect,
        DeadLetterConfig: withoutEffect,
      }),
    )
    .default([]),
});

const scheduledEvent = (ruleArn: string, dueAt: Instant, { place }: Workbench) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: place.account,
  time: `${new Date(dueAt).toISOString().slice(0, 19)}Z`,
  region: place.region,
  resources: [ruleArn],
  detail: {},
});

/**
 * AWS::Events::Rule with a rate, to functions. A run missed in a jump of the clock is not made up.
 * All count from when the stack began to be made: what is called each minute is called together,
 * and a clock that jumps stops once for it.
 */
export const rule: ResourceKind = (resource, bench) => {
  const properties = readProperties(ruleSchema, resource);
  const { place, registry, agenda, clock, ledger } = bench;
  const name = properties.Name ?? physicalName(place, resource.logicalId, 64);
  const ruleArn = arnOf(place, 'events', `rule/${name}`);
  const period = properties.ScheduleExpression;

  const invokeLater = createAsyncInvoker({
    ...bench,
    settingsOf: (logicalId) => registry.eventInvokes.get(logicalId) ?? DEFAULT_EVENT_INVOKE,
  });

  const fire = async (dueAt: Instant): Promise<void> => {
    const late = Math.max(0, clock.now() - dueAt);
    arm(instant(dueAt + period * (1 + Math.floor(late / period))));
    if (!bench.enforcement.permits(resource.logicalId, 'call')) return;
    for (const { Arn, Input } of properties.Targets) {
      const target = functionByArn(registry, Arn, placeOf(resource));
      const event = Input === undefined ? scheduledEvent(ruleArn, dueAt, bench) : JSON.parse(Input);
      await invokeLater(target, event);
    }
  };

  const kept = ledger.collection('rules', instantSchema);
  const arm = (dueAt: Instant): void => {
    kept.set(name, dueAt);
    agenda.add({ dueAt, kind: 'rule', label: name, run: () => fire(dueAt) });
  };

  const start = (): void => {
    for (const { Arn } of properties.Targets) functionByArn(registry, Arn, placeOf(resource));
    if (properties.State === 'ENABLED') arm(kept.get(name) ?? instant(bench.startedAt + period));
  };
  return { ref: name, attributes: { Arn: ruleArn }, start };
};
