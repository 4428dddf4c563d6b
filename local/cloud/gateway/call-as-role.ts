import { accessKeyFor } from './call.ts';

/** One call that AWS makes for a function, with the rights of the function's role. */
export type RoleCall = {
  service: 'sqs' | 'sns' | 's3';
  method: 'POST' | 'PUT' | 'HEAD';
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
};

export type RoleCaller = {
  endpointUrl: string;
  region: string;
  /** The logical id of the role. */
  roleId: string;
};

/**
 * Makes the call through the gateway, as the role itself would: it is checked, counted and answered
 * like any other. Throws when it is refused or fails.
 */
const callAsRole = async (caller: RoleCaller, call: RoleCall): Promise<void> => {
  const { service, method, path, headers, body } = call;
  const scope = `${accessKeyFor(caller.roleId)}/20200101/${caller.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const request = { method, headers: { ...headers, authorization } };
  const answer = await fetch(
    `${caller.endpointUrl}${path}`,
    method === 'HEAD' ? request : { ...request, body },
  );
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} ${method} ${path} (${answer.status}): ${text}`);
};

export const sendToQueue = (
  caller: RoleCaller,
  QueueUrl: string,
  MessageBody: string,
): Promise<void> =>
  callAsRole(caller, {
    service: 'sqs',
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
    },
    body: JSON.stringify({ QueueUrl, MessageBody }),
  });

export const publishToTopic = (
  caller: RoleCaller,
  TopicArn: string,
  Message: string,
): Promise<void> =>
  callAsRole(caller, {
    service: 'sns',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn,
      Message,
    }).toString(),
  });

/** Lambda looks whether the bucket is there, for which the role needs s3:ListBucket. */
export const putIntoBucket = async (
  caller: RoleCaller,
  object: { bucket: string; key: string },
  body: string,
): Promise<void> => {
  const common = { service: 's3', headers: {} } as const;
  await callAsRole(caller, { ...common, method: 'HEAD', path: `/${object.bucket}`, body: '' });
  const path = `/${object.bucket}/${object.key.split('/').map(encodeURIComponent).join('/')}`;
  await callAsRole(caller, { ...common, method: 'PUT', path, body });
};
