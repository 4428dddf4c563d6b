import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Discarded } from './stream-lane.ts';

/** The document that Lambda sends to a stream mapping's on-failure destination. */
export const failureDocument = (
  discarded: Discarded,
  details: { streamArn: string; functionArn: string; at: Instant },
): unknown => {
  const { records, condition, requestId, invokeCount } = discarded;
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) throw new Error('Nothing was discarded.');
  return {
    requestContext: {
      requestId,
      functionArn: details.functionArn,
      condition,
      approximateInvokeCount: invokeCount,
    },
    ...(condition === 'RecordAgeExceeded'
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: 'Unhandled',
          },
        }),
    version: '1.0',
    timestamp: toIso(details.at),
    DDBStreamBatchInfo: {
      shardId: first.shardId,
      startSequenceNumber: first.record.dynamodb.SequenceNumber,
      endSequenceNumber: last.record.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: toIso(first.seenAt),
      approximateArrivalOfLastRecord: toIso(last.seenAt),
      batchSize: records.length,
      streamArn: details.streamArn,
    },
  };
};
