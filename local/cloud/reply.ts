/** An HTTP answer, as an engine or a service gives it. */
export type Reply = { status: number; headers: Readonly<Record<string, string>>; body: Buffer };

const jsonReply =
  (contentType: string) =>
  (status: number, value: unknown): Reply => ({
    status,
    headers: { 'content-type': contentType },
    body: Buffer.from(JSON.stringify(value)),
  });

/** An answer of a service that speaks AWS JSON (queues, tables, secrets). */
export const awsJson = jsonReply('application/x-amz-json-1.0');

/** An answer in plain JSON. */
export const plainJson = jsonReply('application/json');

export const xmlReply = (status: number, xml: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(xml),
});

/** An error in AWS JSON: the SDK makes an exception of that name of it. */
export const awsJsonError = (status: number, name: string, message: string): Reply => ({
  ...awsJson(status, { __type: name, message }),
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name },
});
