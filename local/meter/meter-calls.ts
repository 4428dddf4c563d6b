import * as z from 'zod';
import type { ServiceCall } from '../cloud/gateway/call.ts';
import type { AnswerCall } from '../cloud/gateway/gateway.ts';
import { messageRequests } from './billing-units.ts';
import type { Meter } from './meter.ts';
import { type MeterCallParts, meterDynamoDb } from './meter-dynamodb.ts';
import { functionName, thingName } from './names.ts';
import { namesTest, TEST_ALERTS } from './test-alerts.ts';

/** Counts one answered call. */
type CountCall = (call: ServiceCall, parts: MeterCallParts) => void;

const queueSchema = z.looseObject({
  QueueUrl: z.string().default(''),
  Entries: z.array(z.unknown()).optional(),
});

/** A caller that sends asks for a new data key as often as it reads an old one: two calls. */
const PRODUCER_KEY_CALLS = 2;

const countSqs: CountCall = (call, { meter, by, holder, thing }) => {
  const { QueueUrl, Entries } = queueSchema.parse(JSON.parse(call.body.toString()));
  const place = { by: by(call), what: call.operation, on: thing(QueueUrl) };
  meter.count('sqs.request', place, messageRequests(call.body.length));
  if (!call.operation.startsWith('SendMessage')) return;
  meter.count('sqs.message', place, Entries?.length ?? 1);
  const key = { ...place, by: holder(call), what: 'data key' };
  meter.standing('kms.request', key, PRODUCER_KEY_CALLS);
};

const countSns: CountCall = (call, { meter, by, holder, thing }) => {
  const topic = new URLSearchParams(call.body.toString()).get('TopicArn');
  const place = { by: by(call), what: call.operation, on: thing(topic ?? '') };
  meter.count('sns.request', place, messageRequests(call.body.length));
  if (call.operation !== 'Publish' || topic === null) return;
  const key = { ...place, by: holder(call), what: 'data key' };
  meter.standing('kms.request', key, PRODUCER_KEY_CALLS);
};

/** A one-off schedule is invoked once, and sends one message to its queue. */
const countScheduler: CountCall = (call, { meter, by }) => {
  if (call.operation !== 'CreateSchedule') return;
  const place = { by: by(call), what: 'invocation' };
  meter.count('scheduler.invocation', place);
  meter.count('sqs.request', { ...place, what: 'SendMessage', on: 'by schedule' });
};

const countSecrets: CountCall = (call, { meter, by }) => {
  const place = { by: by(call), what: call.operation };
  meter.count('secrets.request', place);
  if (call.operation === 'GetSecretValue') meter.count('kms.request', place);
};

/** A public key costs as a signature does. */
const countKms: CountCall = (call, { meter, by }) => {
  meter.count('kms.sign', { by: by(call), what: call.operation });
};

const S3_FREE = new Set(['DELETE']);
const S3_PUT = new Set(['PUT', 'POST']);

const countS3: CountCall = (call, { meter, by }) => {
  if (S3_FREE.has(call.method)) return;
  const [path = '/', query = ''] = call.path.split('?');
  const [, bucket = '', ...key] = path.split('/');
  const isList = key.join('') === '';
  const place = { by: by(call), what: isList ? `list ${query.split('&')[0]}` : call.method };
  const isPut = S3_PUT.has(call.method) || isList;
  meter.count(isPut ? 's3.put' : 's3.get', { ...place, on: bucket });
  if (call.method === 'PUT') meter.count('s3.stored', { ...place, on: bucket }, call.body.length);
};

const COUNTED: Readonly<Record<string, CountCall>> = {
  sqs: countSqs,
  sns: countSns,
  scheduler: countScheduler,
  kms: countKms,
  secretsmanager: countSecrets,
  s3: countS3,
};

/** Who calls: the function whose role it is, or the person or test that runs the cloud. */
const callerName = ({ caller }: ServiceCall): string =>
  caller.kind === 'role' ? functionName(caller.roleId) : 'operator';

/** For whom: what is done for test alerts is theirs, whoever does it. */
const forWhom = (call: ServiceCall): string =>
  namesTest(call.body) ? TEST_ALERTS : callerName(call);

/**
 * The services with each answered call counted: as an SDK call, and as what AWS bills for it. A
 * call that is refused is not counted.
 */
export const meterCalls = <Services extends Readonly<Record<string, AnswerCall>>>(
  services: Services,
  { meter, stackName }: { meter: Meter; stackName: string },
): Readonly<Record<string, AnswerCall>> => {
  const parts = { meter, by: forWhom, holder: callerName, thing: thingName(stackName) };
  const metered = (service: string, answer: AnswerCall): AnswerCall => {
    const counted = service === 'dynamodb' ? meterDynamoDb(answer, parts) : answer;
    return async (call) => {
      const reply = await counted(call);
      if (reply === undefined) return undefined;
      meter.count('sdk.call', { by: forWhom(call), what: call.operation, on: service });
      if (reply.status < 300) COUNTED[service]?.(call, parts);
      return reply;
    };
  };
  return Object.fromEntries(
    Object.entries(services).map(([service, answer]) => [service, metered(service, answer)]),
  );
};
