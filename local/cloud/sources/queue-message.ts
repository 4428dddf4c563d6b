import * as z from 'zod';

const attributeSchema = z.looseObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

export const receivedSchema = z.looseObject({
  Messages: z
    .array(
      z.looseObject({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        MD5OfBody: z.string(),
        Attributes: z.record(z.string(), z.string()).default({}),
        MessageAttributes: z.record(z.string(), attributeSchema).default({}),
      }),
    )
    .default([]),
});

export type ReceivedMessage = z.infer<typeof receivedSchema>['Messages'][number];

export type QueueRecordParts = {
  queueArn: string;
  region: string;
};

const lambdaAttribute = (attribute: z.infer<typeof attributeSchema>) => ({
  ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
  ...(attribute.BinaryValue === undefined ? {} : { binaryValue: attribute.BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: attribute.DataType,
});

/** A message as Lambda hands it to a function; its time stamps are those of the cloud's clock. */
export const queueRecord = (message: ReceivedMessage, parts: QueueRecordParts) => {
  const messageAttributes = Object.fromEntries(
    Object.entries(message.MessageAttributes).map(([name, value]) => [
      name,
      lambdaAttribute(value),
    ]),
  );
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes,
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: parts.queueArn,
    awsRegion: parts.region,
  };
};

export type QueueRecord = ReturnType<typeof queueRecord>;

/** The record as filters see it: a body that is JSON counts as an object. */
export const filterView = (record: QueueRecord): unknown => {
  try {
    return { ...record, body: JSON.parse(record.body) };
  } catch {
    // Record: a plain text body is filtered as text.
    return record;
  }
};
