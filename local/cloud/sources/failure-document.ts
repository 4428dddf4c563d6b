import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Discarded } from './stream-lane.ts';

/**
 * The document that Lambda sends to a stream mapping's on-failure destination. AWS documents the
 * arrival times to the second, as stream records carry them.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const failureDocument = (
  discarded: Discarded,
  details: { streamArn: string; functionArn: string; at: Instant },
) => {
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
      approximateArrivalOfFirstRecord: toSecond(first.seenAt),
      approximateArrivalOfLastRecord: toSecond(last.seenAt),
      batchSize: records.length,
      streamArn: details.streamArn,
    },
  };
};

const toSecond = (at: Instant): string => `${toIso(at).slice(0, 19)}Z`;
