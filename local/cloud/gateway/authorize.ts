import * as z from 'zod';
import type { NeedyCall } from '#local/iam/needs/need.ts';
import { needsOfCall } from '#local/iam/needs/needs-of-call.ts';
import type { Enforcement } from '../enforcement.ts';
import type { Log } from '../log.ts';
import { awsJsonError, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';
import type { Authorize, Conceal } from './gateway.ts';
import { refusalOf } from './refusal.ts';
import { readS3Target } from './s3-operation.ts';
import { schedulerError } from './schedule-request.ts';
import { readForm } from './sns-form.ts';

const FORM = 'application/x-www-form-urlencoded';

const inputOf = ({ service, headers, body }: ServiceCall): unknown => {
  if (service === 's3' || body.length === 0) return {};
  if (headers['content-type']?.startsWith(FORM)) return readForm(body);
  return JSON.parse(body.toString());
};

const noRow = ({ service, operation }: ServiceCall): Reply =>
  awsJsonError(
    501,
    'NotImplemented',
    `No row says which rights ${service} ${operation} needs; add it in local/iam/needs.`,
  );

const scheduleSchema = z.looseObject({ Target: z.looseObject({ RoleArn: z.string() }) });

/**
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/
 * cross-service-confused-deputy-prevention.html
 */
const NOT_ASSUMABLE =
  'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';

/** EventBridge Scheduler looks at the role it is handed when the schedule is made. */
const scheduleProblem = (call: NeedyCall, { trustsScheduler }: Enforcement): Reply | undefined => {
  if (call.service !== 'scheduler' || call.operation !== 'CreateSchedule') return undefined;
  const { Target } = scheduleSchema.parse(call.input);
  if (trustsScheduler(call.input, Target.RoleArn)) return undefined;
  return schedulerError(400, 'ValidationException', NOT_ASSUMABLE);
};

/**
 * Holds each call of a function against the template's policies. Calls of the operator, which are
 * those of tests and of the local cloud itself, are not restricted.
 */
export const createAuthorize = (enforcement: Enforcement, log: Log): Authorize => {
  const decideOn = (call: ServiceCall, roleId: string): Reply | undefined => {
    const needy: NeedyCall = { ...call, input: inputOf(call) };
    const needs = needsOfCall(needy, enforcement.rights.surroundings);
    if (needs === undefined) {
      const refusal = noRow(call);
      log(refusal.body.toString());
      return refusal;
    }
    const denial = enforcement.denialFor(roleId, needs);
    if (denial !== undefined) return refusalOf(call.service, denial);
    return scheduleProblem(needy, enforcement);
  };

  return (call) => {
    if (call.caller.kind === 'operator') return undefined;
    try {
      return decideOn(call, call.caller.roleId);
    } catch (error) {
      // Record: a call that does not say what it is about is answered as a faulty one.
      if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
      return awsJsonError(400, 'SerializationException', error.message);
    }
  };
};

/**
 * S3 does not tell whether an object is there to somebody who may not list the bucket: what would
 * be "not found" is "denied". https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export const createConceal =
  ({ denialFor }: Enforcement): Conceal =>
  (call, reply) => {
    if (call.service !== 's3' || reply.status !== 404 || call.caller.kind === 'operator') {
      return reply;
    }
    const { bucket } = readS3Target(call.method, call.path, call.headers);
    const need = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
    const denial = denialFor(call.caller.roleId, [need]);
    return denial === undefined ? reply : refusalOf('s3', denial);
  };
