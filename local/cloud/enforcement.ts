import * as z from 'zod';
import { awsCalls } from '#local/iam/aws-calls.ts';
import { type Denial, describeDenial } from '#local/iam/denial.ts';
import type { Need } from '#local/iam/needs/need.ts';
import { sendNeeds } from '#local/iam/needs/sqs-needs.ts';
import { type Asker, type Rights, readRights } from '#local/iam/rights.ts';
import type { Log } from './log.ts';
import { arnOf, type Place } from './place.ts';
import type { Template } from './template/template.ts';

/** Holds the running stack to its policies, and says in the log what is missing. */
export type Enforcement = {
  rights: Rights;
  /** The first of these needs that the function with this role is denied, told once. */
  denialFor(roleId: string, needs: readonly Need[]): Denial | undefined;
  /**
   * Whether AWS's services may do, for the resource with this logical id, what it is there for.
   * Decided and told when the stack starts: see local/iam/aws-calls.ts for the purposes.
   */
  permits(logicalId: string, purpose: string): boolean;
  /** Whether the role may be assumed by the scheduler for the group of this CreateSchedule. */
  trustsScheduler(createSchedule: unknown, roleArn: string): boolean;
  /** Whether a schedule of this group may put its input, with its role, into its queue. */
  maySchedule(schedule: { groupName: string; roleArn: string; queueArn: string }): boolean;
};

const groupSchema = z.looseObject({ GroupName: z.string().default('default') });

/** Functions are known by their role: a session is named after the function, as on AWS. */
const sessionsByRole = ({ stack, roleByArn }: Rights): ReadonlyMap<string, string> =>
  new Map(
    stack.ofType('AWS::Lambda::Function').flatMap(({ ref, properties }): [string, string][] => {
      const role = roleByArn(String(properties.Role));
      return role === undefined ? [] : [[role.roleId, ref]];
    }),
  );

/** Reads the template's policies. Throws on any that is not understood whole. */
export const createEnforcement = async (
  template: Template,
  place: Place,
  log: Log,
): Promise<Enforcement> => {
  const rights = await readRights(template, place);
  const sessions = sessionsByRole(rights);
  const told = new Set<string>();
  const refused = new Set<string>();

  const tell = (denial: Denial): void => {
    const text = describeDenial(denial);
    if (told.has(text)) return;
    told.add(text);
    log(text);
  };

  const isAllowed = (asker: Asker, needs: readonly Need[]): boolean => {
    let isWhole = true;
    // Each by itself, so that all that is missing is told at once.
    for (const need of needs) {
      const denial = rights.firstDenial(asker, [need]);
      if (denial === undefined) continue;
      isWhole = false;
      tell(denial);
    }
    return isWhole;
  };

  for (const { subject, purpose, asker, needs } of awsCalls(rights)) {
    if (!isAllowed(asker, needs)) refused.add(`${subject} ${purpose}`);
  }

  const isTrusted = (roleArn: string, groupName: string): boolean => {
    const sourceArn = arnOf(place, 'scheduler', `schedule-group/${groupName}`);
    const asker: Asker = { kind: 'service', name: 'scheduler.amazonaws.com', sourceArn };
    return isAllowed(asker, [{ action: 'sts:AssumeRole', resource: roleArn }]);
  };

  return {
    rights,
    denialFor: (roleId, needs) => {
      const session = sessions.get(roleId) ?? 'local';
      const denial = rights.firstDenial({ kind: 'role', roleId, session }, needs);
      if (denial !== undefined) tell(denial);
      return denial;
    },
    permits: (logicalId, purpose) => !refused.has(`${logicalId} ${purpose}`),
    trustsScheduler: (createSchedule, roleArn) =>
      isTrusted(roleArn, groupSchema.parse(createSchedule).GroupName),
    maySchedule: ({ groupName, roleArn, queueArn }) => {
      const role = rights.roleByArn(roleArn);
      // Only the operator, who is not restricted, can have made a schedule with such a role.
      if (role === undefined) return true;
      const asker: Asker = { kind: 'role', roleId: role.roleId, session: 'scheduler' };
      const needs = sendNeeds(queueArn, rights.surroundings);
      return isTrusted(roleArn, groupName) && isAllowed(asker, needs);
    },
  };
};
