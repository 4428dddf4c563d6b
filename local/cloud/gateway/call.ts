import type { IncomingHttpHeaders } from 'node:http';
import { readS3Target } from './s3-operation.ts';

/** Who calls: a function, known by its role, or the person or test that runs the local cloud. */
export type Caller = { kind: 'role'; roleId: string } | { kind: 'operator' };

/** One SDK call, as every service of the gateway gets it. */
export type ServiceCall = {
  caller: Caller;
  service: string;
  operation: string;
  headers: Readonly<Record<string, string>>;
  method: string;
  path: string;
  body: Buffer;
};

export type RawRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** The access key id a function gets is this prefix and the logical id of its role. */
const ROLE_KEY_PREFIX = 'ASIA';

export const accessKeyFor = (roleId: string): string => `${ROLE_KEY_PREFIX}${roleId}`;

const callerOf = (accessKeyId: string, roleIds: ReadonlySet<string>): Caller => {
  const roleId = accessKeyId.slice(ROLE_KEY_PREFIX.length);
  const isRole = accessKeyId.startsWith(ROLE_KEY_PREFIX) && roleIds.has(roleId);
  return isRole ? { kind: 'role', roleId } : { kind: 'operator' };
};

/** The secret of every key on this machine. */
export const LOCAL_SECRET = 'local';

const CREDENTIAL = /Credential=([^/,\s]+)\/[^/]*\/[^/]*\/([^/]+)\//;

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return plain;
};

const REST_OPERATIONS: Readonly<Record<string, string>> = {
  'POST /schedules': 'CreateSchedule',
  'GET /schedules': 'GetSchedule',
  'DELETE /schedules': 'DeleteSchedule',
};

/** AWS JSON names its operation in a header, the query protocol in the form, REST in the path. */
const operationOf = (request: RawRequest, headers: Record<string, string>): string => {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams(request.body.toString()).get('Action') ?? 'unknown';
  }
  const path = request.path.split('?')[0] ?? '/';
  const [, collection] = path.split('/');
  return REST_OPERATIONS[`${request.method} /${collection}`] ?? `${request.method} ${path}`;
};

/** A link carries in its query what a call carries in its header. */
const linkIn = ({ path }: RawRequest): string => {
  const credential = new URL(path, 'http://gateway').searchParams.get('X-Amz-Credential');
  return credential === null ? '' : `Credential=${credential}`;
};

/** Reads who calls what from a signed request; undefined when it is not signed. */
export const readCall = (
  request: RawRequest,
  roleIds: ReadonlySet<string>,
): ServiceCall | undefined => {
  const headers = plainHeaders(request.headers);
  const [, accessKeyId, service] = CREDENTIAL.exec(headers.authorization ?? linkIn(request)) ?? [];
  if (accessKeyId === undefined || service === undefined) return undefined;
  const operation =
    service === 's3'
      ? readS3Target(request.method, request.path, headers).operation
      : operationOf(request, headers);
  return {
    caller: callerOf(accessKeyId, roleIds),
    service,
    operation,
    headers,
    method: request.method,
    path: request.path,
    body: request.body,
  };
};
