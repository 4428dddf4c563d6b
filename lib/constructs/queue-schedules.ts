import { Stack } from 'aws-cdk-lib';
import { type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { allow } from './allow.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';

/** A group holds nothing but this stack's schedules: a right to the group is a right to those. */
export const scheduleGroupName = (config: Pick<Config, 'agency'>): string =>
  `homeward-${config.agency}`;

/**
 * One-off schedules that functions create as they run, each of which puts a message into a queue.
 * A queue has a role of its own, so that who may schedule into one may not into another.
 */
export class QueueSchedules extends Construct {
  readonly #group: ScheduleGroup;
  readonly #name: string;
  readonly #roles = new Map<QueueWithDlq, Role>();

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.#name = scheduleGroupName(config);
    this.#group = new ScheduleGroup(this, 'Group', { scheduleGroupName: this.#name });
  }

  /** What a function must know to schedule into the queue. */
  environmentFor(queue: QueueWithDlq): { SCHEDULE_GROUP: string; SCHEDULE_ROLE_ARN: string } {
    return {
      SCHEDULE_GROUP: this.#group.scheduleGroupName,
      SCHEDULE_ROLE_ARN: this.#roleFor(queue).roleArn,
    };
  }

  allowCreating(grantee: IGrantable, queue: QueueWithDlq): void {
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.#name}/*`,
    });
    allow(grantee, { actions: ['scheduler:CreateSchedule'], resources: [schedules] });
    allow(grantee, {
      actions: ['iam:PassRole'],
      resources: [this.#roleFor(queue).roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    });
  }

  #roleFor(queue: QueueWithDlq): Role {
    const known = this.#roles.get(queue);
    if (known) return known;
    const role = new Role(this, `${queue.node.id}Role`, {
      description: `Lets one-off schedules send to the queue ${queue.node.id}`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.#group.scheduleGroupArn },
        },
      }),
    });
    queue.allowSending(role);
    this.#roles.set(queue, role);
    return role;
  }
}
