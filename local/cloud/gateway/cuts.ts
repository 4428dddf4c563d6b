import { createHash } from 'node:crypto';
import * as z from 'zod';
import { awsJson, awsJsonError, plainJson, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';

/** `unavailable`: answered with 503, as by a service that is down; `lost`: accepted, and gone. */
export type CutKind = 'unavailable' | 'lost';

/** A call that may be cut: who makes it, of what service, and its body. */
export type CutCall = Readonly<{
  /** The logical id of the caller's role; null: the operator. */
  roleId: string | null;
  service: string;
  operation: string;
  body: string;
}>;

type Cut = Readonly<{ kind: CutKind; matches: (call: CutCall) => boolean }>;

const sentSchema = z.looseObject({ MessageBody: z.string() });

/** What the service would have said, had it kept what it was given. */
const asIfKept = ({ operation, body }: CutCall): Reply => {
  if (operation === 'CreateSchedule') return plainJson(200, { ScheduleArn: 'arn:lost' });
  if (operation !== 'SendMessage') throw new Error(`a cut can lose no ${operation}`);
  const { MessageBody } = sentSchema.parse(JSON.parse(body));
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  return awsJson(200, { MessageId: 'lost', MD5OfMessageBody });
};

/** Parts of AWS that are down for a while, for tests of what happens then. */
export const createCuts = () => {
  const cuts = new Set<Cut>();
  return {
    /** Cuts the calls that match, until what it returns is called. */
    cut: (kind: CutKind, matches: Cut['matches']): (() => void) => {
      const made = { kind, matches };
      cuts.add(made);
      return () => {
        cuts.delete(made);
      };
    },
    /** What a call that is cut is answered; undefined for any other. */
    answer: ({ caller, service, operation, body }: ServiceCall): Reply | undefined => {
      if (cuts.size === 0) return undefined;
      const roleId = caller.kind === 'role' ? caller.roleId : null;
      const call = { roleId, service, operation, body: body.toString() };
      const found = [...cuts].find(({ matches }) => matches(call));
      if (found === undefined) return undefined;
      return found.kind === 'lost'
        ? asIfKept(call)
        : awsJsonError(503, 'ServiceUnavailable', `${service} is cut off here for a while.`);
    },
  };
};
export type Cuts = ReturnType<typeof createCuts>;
