import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from '../activity.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import { type LoopbackServer, readBody, startLoopbackServer } from '../loopback-server.ts';
import { awsJsonError, type Reply } from '../reply.ts';
import { type RawRequest, readCall, type ServiceCall } from './call.ts';
import type { CallCounter } from './call-counts.ts';
import type { Cuts } from './cuts.ts';
import { presignedProblem } from './presigned.ts';

/** Answers the calls of one service; undefined for an operation that it does not know. */
export type AnswerCall = (call: ServiceCall) => Promise<Reply | undefined>;

/**
 * Decides whether the caller may make this call: a refusal to answer with, or undefined to go on.
 */
export type Authorize = (call: ServiceCall) => Reply | undefined;

/** Takes out of an answer what its caller may not know. */
export type Conceal = (call: ServiceCall, reply: Reply) => Reply;

export type GatewayParts = {
  clock: MovableClock;
  activity: Activity;
  log: Log;
  calls: CallCounter;
  /** By the name in the signature's scope, such as `dynamodb`. */
  services: Readonly<Record<string, AnswerCall>>;
  roleIds: ReadonlySet<string>;
  authorize: Authorize;
  cuts: Pick<Cuts, 'answer'>;
  conceal: Conceal;
  /** Resolves when what the call has changed is on disk: no answer goes out before. */
  flushed: () => Promise<void>;
};

const notSigned = (): Reply =>
  awsJsonError(403, 'MissingAuthenticationTokenException', 'The request is not signed.');

const unknownCall = (call: ServiceCall): Reply =>
  awsJsonError(
    501,
    'NotImplemented',
    `The local cloud does not know ${call.service} ${call.operation}; add it in local/cloud/gateway.`,
  );

/** Every call of every function passes here, with the identity of its caller. */
const answer = async (raw: RawRequest, parts: GatewayParts): Promise<Reply> => {
  const call = readCall(raw, parts.roleIds);
  if (call === undefined) return notSigned();
  const problem = await presignedProblem(raw, parts.clock.now());
  if (problem !== undefined) return problem;
  parts.calls.add(call.service, call.operation);
  const cutOff = parts.cuts.answer(call);
  if (cutOff !== undefined) return cutOff;
  const refusal = parts.authorize(call);
  if (refusal !== undefined) return refusal;
  const reply = await parts.services[call.service]?.(call);
  await parts.flushed();
  if (reply !== undefined) return parts.conceal(call, reply);
  const unknown = unknownCall(call);
  parts.log(unknown.body.toString());
  return unknown;
};

const answerSafely = async (raw: RawRequest, parts: GatewayParts): Promise<Reply> => {
  try {
    return await answer(raw, parts);
  } catch (error) {
    // Record: the caller gets it as a service's failure, which SDKs retry.
    parts.log(`gateway: ${raw.headers['x-amz-target'] ?? raw.path} failed: ${error}`);
    return awsJsonError(500, 'InternalFailure', String(error));
  }
};

/** Starts the one endpoint for all SDK calls. */
export const startGateway = (parts: GatewayParts): Promise<LoopbackServer> => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const end = parts.activity.begin(`call ${request.headers['x-amz-target'] ?? request.url}`);
    try {
      const body = (await readBody(request)) ?? Buffer.alloc(0);
      const { method = 'GET', url: path = '/', headers } = request;
      const reply = await answerSafely({ method, path, headers, body }, parts);
      // SDKs compare this with their own clock, which is the movable one.
      response.sendDate = false;
      response.writeHead(reply.status, {
        'x-amzn-requestid': randomUUID(),
        // The answer to a HEAD names the length of a body that it does not carry.
        'content-length': reply.body.length,
        ...reply.headers,
        date: new Date(parts.clock.now()).toUTCString(),
      });
      response.end(reply.body);
    } finally {
      end();
    }
  };
  return startLoopbackServer(handle);
};
