import type { SnsForm } from './sns-form.ts';

const MOST_RAW_ATTRIBUTES = 10;
const LONGEST_SUBJECT_CHARACTERS = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what SNS refuses.
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Why AWS would not deliver this message, although the queue engine would: an empty attribute, a
 * subject that is too long or has a line break, or more attributes than fit a raw delivery (there,
 * AWS drops the message). Undefined when all is well.
 */
export const publishProblem = (
  form: SnsForm,
  attributes: Readonly<Record<string, string>>,
  hasRawSubscriber: boolean,
): string | undefined => {
  const empty = Object.entries(attributes).find(([, value]) => value === '');
  if (empty !== undefined) return `the message attribute '${empty[0]}' has an empty value`;
  const count = Object.keys(attributes).length;
  if (hasRawSubscriber && count > MOST_RAW_ATTRIBUTES) {
    return `${count} attributes, and raw delivery has room for ${MOST_RAW_ATTRIBUTES}`;
  }
  const subject = form.Subject ?? '';
  if (subject.length > LONGEST_SUBJECT_CHARACTERS || CONTROL.test(subject)) {
    return 'Subject Reason: at most 100 characters, without line breaks or control characters';
  }
  return undefined;
};
