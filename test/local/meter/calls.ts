import type { ServiceCall } from '#local/cloud/gateway/call.ts';
import type { AnswerCall } from '#local/cloud/gateway/gateway.ts';
import { createMeter } from '#local/meter/meter.ts';
import { meterCalls } from '#local/meter/meter-calls.ts';
import type { MeteredRow } from '#local/meter/usage.ts';

/** A call of evaluate's, as the gateway hands it on. */
export const callOf = (service: string, operation: string, input: unknown): ServiceCall => {
  const body = Buffer.from(typeof input === 'string' ? input : JSON.stringify(input));
  return {
    caller: { kind: 'role', roleId: 'EvaluateFunctionRoleF5568032' },
    ...{ service, operation, body, method: 'POST', path: '/' },
    headers: { 'content-length': String(body.length) },
  };
};

export const answering =
  (status: number, answer: unknown): AnswerCall =>
  async () => ({
    status,
    headers: { 'x-amz-crc32': '1' },
    body: Buffer.from(JSON.stringify(answer)),
  });

/** Makes one call through a meter; tells the answer, what was asked, and what was counted. */
export const meterOne = async (call: ServiceCall, answer: AnswerCall) => {
  const meter = createMeter(() => 0);
  let asked: ServiceCall | undefined;
  const listening: AnswerCall = (given) => {
    asked = given;
    return answer(given);
  };
  const services = meterCalls({ [call.service]: listening }, { meter, stackName: 'Homeward' });
  const reply = await services[call.service]?.(call);
  const { entries, standing } = meter.snapshot();
  const counted = (row: MeteredRow): unknown[] =>
    entries
      .filter((entry) => entry.row === row)
      .map(({ by, what, on, amount }) => [by, what, on, amount]);
  const given: unknown = reply && JSON.parse(reply.body.toString());
  return { reply, given, asked, counted, standing };
};
