import { TEST_WEARER } from '#domain/model/test-wearer.ts';

/** Under whose name what the canary's test alerts cost is counted, whoever works on them. */
export const TEST_ALERTS = 'test alerts';

const ID = String(TEST_WEARER);

/** Whether a call, a message or a line speaks of the wearer of test alerts. */
export const namesTest = (text: string | Buffer): boolean => text.includes(ID);

/** Whether an invocation is for test alerts alone: of a batch, each record is. */
export const isForTest = (eventText: string): boolean => {
  if (!namesTest(eventText)) return false;
  const event: unknown = JSON.parse(eventText);
  const records =
    typeof event === 'object' && event !== null && 'Records' in event ? event.Records : null;
  return !Array.isArray(records) || records.every((one) => namesTest(JSON.stringify(one)));
};
