import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import type { NeedsRow, NeedsTable } from './need.ts';

const createSchema = z.looseObject({
  GroupName: z.string().default('default'),
  Target: z.looseObject({ RoleArn: z.string() }),
});

const nameOf = (path: string): string => {
  const [, , name = ''] = new URL(path, 'http://scheduler').pathname.split('/');
  return decodeURIComponent(name);
};

/**
 * Whoever makes a schedule hands it a role, and needs the right to pass that role on.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html
 */
const create: NeedsRow = ({ path, input }, { place }) => {
  const { GroupName, Target } = createSchema.parse(input);
  return [
    {
      action: 'scheduler:CreateSchedule',
      resource: arnOf(place, 'scheduler', `schedule/${GroupName}/${nameOf(path)}`),
    },
    {
      action: 'iam:PassRole',
      resource: Target.RoleArn,
      context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    },
  ];
};

const onSchedule =
  (action: string): NeedsRow =>
  ({ path }, { place }) => {
    const group = new URL(path, 'http://scheduler').searchParams.get('groupName') ?? 'default';
    const resource = arnOf(place, 'scheduler', `schedule/${group}/${nameOf(path)}`);
    return [{ action: `scheduler:${action}`, resource }];
  };

/**
 * What calls of EventBridge Scheduler need.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 * list_amazoneventbridgescheduler.html
 */
export const SCHEDULER_NEEDS: NeedsTable = {
  CreateSchedule: create,
  DeleteSchedule: onSchedule('DeleteSchedule'),
  GetSchedule: onSchedule('GetSchedule'),
};
