import * as z from 'zod';
import { arnOf, physicalName } from '../place.ts';
import { type ResourceKind, readProperties, withoutEffect } from './resource-kind.ts';

const groupSchema = z.strictObject({ Name: z.string().optional(), Tags: withoutEffect });

/** AWS::Scheduler::ScheduleGroup: where functions create one-off schedules. */
export const scheduleGroup: ResourceKind = (resource, { place, registry }) => {
  const properties = readProperties(groupSchema, resource);
  const name = properties.Name ?? physicalName(place, resource.logicalId, 64);
  registry.scheduleGroups.add(name);
  const arn = arnOf(place, 'scheduler', `schedule-group/${name}`);
  return { ref: name, attributes: { Arn: arn, State: 'ACTIVE' } };
};
