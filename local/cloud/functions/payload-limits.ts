import type { FunctionError } from './sandbox-messages.ts';

/**
 * The longest payload of a synchronous invocation, request and response alike.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const LONGEST_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** The longest payload of an asynchronous invocation, by the same page. */
export const LONGEST_EVENT_BYTES = 1024 * 1024;

/** No character takes more bytes in UTF-8 than this, so that short texts need not be measured. */
const MOST_BYTES_PER_CHARACTER = 3;

/** Whether a text is longer than `bytes` in UTF-8. */
export const isLonger = (text: string, bytes: number): boolean =>
  text.length * MOST_BYTES_PER_CHARACTER > bytes && Buffer.byteLength(text) > bytes;

/** Why Lambda would not take this payload; undefined when it would. */
export const requestProblem = (
  text: string,
  longestBytes = LONGEST_PAYLOAD_BYTES,
): FunctionError | undefined =>
  isLonger(text, longestBytes)
    ? {
        errorType: 'RequestTooLargeException',
        errorMessage: `Request must be smaller than ${longestBytes} bytes for the InvokeFunction operation`,
      }
    : undefined;
