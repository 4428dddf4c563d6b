/** A message as its sender gives it. */
export type SentMessage = {
  MessageBody: string;
  MessageAttributes: Readonly<Record<string, SentAttribute>>;
  DelaySeconds?: number;
};

type SentAttribute = {
  DataType: string;
  StringValue?: string | undefined;
  BinaryValue?: string | undefined;
};

/** An error in the words of SQS. */
export type SendProblem = { code: string; message: string };

/**
 * What SQS takes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const LONGEST_BYTES = 1024 * 1024;
const MOST_ATTRIBUTES = 10;
const MOST_ENTRIES = 10;

/** What a body may not hold, by API_SendMessage of the same service. */
const NOT_ALLOWED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const problem = (code: string, message: string): SendProblem => ({ code, message });

const attributeBytes = (name: string, { DataType, StringValue, BinaryValue }: SentAttribute) =>
  Buffer.byteLength(name) +
  Buffer.byteLength(DataType) +
  Buffer.byteLength(StringValue ?? '') +
  Buffer.byteLength(BinaryValue ?? '', 'base64');

const bytesOf = ({ MessageBody, MessageAttributes }: SentMessage): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, attribute]) => sum + attributeBytes(name, attribute),
    Buffer.byteLength(MessageBody),
  );

const attributesProblem = ({ MessageAttributes }: SentMessage): SendProblem | undefined => {
  const attributes = Object.entries(MessageAttributes);
  if (attributes.length > MOST_ATTRIBUTES) {
    const count = `Number of message attributes [${attributes.length}]`;
    return problem(
      'InvalidParameterValue',
      `${count} exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  }
  const empty = attributes.find(
    ([, { StringValue = '', BinaryValue = '' }]) => StringValue + BinaryValue === '',
  );
  if (empty === undefined) return undefined;
  const [name, { DataType }] = empty;
  return problem(
    'InvalidParameterValue',
    `Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`,
  );
};

/**
 * Why SQS would not take this message; undefined when it would. It is asked before a message is
 * held for its delay, which the queue engine then does not see.
 */
export const messageProblem = (message: SentMessage, isFifo = false): SendProblem | undefined => {
  const { DelaySeconds = 0 } = message;
  if (isFifo && DelaySeconds > 0) {
    const value = `Value ${DelaySeconds} for parameter DelaySeconds is invalid.`;
    const reason = 'The request include parameter that is not valid for this queue type.';
    return problem('InvalidParameterValue', `${value} Reason: ${reason}`);
  }
  if (message.MessageBody === '') {
    return problem('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (NOT_ALLOWED.test(message.MessageBody)) {
    return problem('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
  if (bytesOf(message) > LONGEST_BYTES) {
    return problem(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${LONGEST_BYTES} bytes.`,
    );
  }
  return attributesProblem(message);
};

/** Why SQS would take none of a batch's messages; undefined when it looks at each of them. */
export const batchProblem = (
  entries: readonly (SentMessage & { Id: string })[],
): SendProblem | undefined => {
  if (entries.length === 0) {
    return problem('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    const most = `Maximum number of entries per request are ${MOST_ENTRIES}.`;
    return problem('TooManyEntriesInBatchRequest', `${most} You have sent ${entries.length}.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    return problem('BatchEntryIdsNotDistinct', 'Two batch entries have the same Id.');
  }
  const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes <= LONGEST_BYTES) return undefined;
  const most = `Batch requests cannot be longer than ${LONGEST_BYTES} bytes.`;
  return problem('BatchRequestTooLong', `${most} You have sent ${bytes} bytes.`);
};
