const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** About a byte for two significant digits, and one more; another for a minus sign. */
const numberBytes = (text: string): number => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[-+]/, '').split('.');
  const digits = `${whole}${fraction}`;
  const significant = digits.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return 1;
  // Digits are kept in pairs about the decimal point; an odd place to start costs half a byte more.
  const leading = digits.length - digits.replace(/^0+/, '').length;
  const power = whole.length + Number(exponent) - leading;
  const isOdd = Math.abs(power) % 2 === 1;
  const pairs = Math.ceil((significant.length + (isOdd ? 1 : 0)) / 2);
  return pairs + 1 + (text.startsWith('-') ? 1 : 0);
};

const base64Bytes = (text: string): number => Buffer.from(text, 'base64').length;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

const listOf = (content: unknown): readonly unknown[] => (Array.isArray(content) ? content : []);

/** A list or map takes three bytes, and one more for each entry. */
const CONTAINER_BYTES = 3;

const contentBytes = (type: string, content: unknown): number => {
  switch (type) {
    case 'S':
      return utf8Bytes(String(content));
    case 'N':
      return numberBytes(String(content));
    case 'B':
      return base64Bytes(String(content));
    case 'SS':
      return sum(listOf(content).map((text) => utf8Bytes(String(text))));
    case 'NS':
      return sum(listOf(content).map((text) => numberBytes(String(text))));
    case 'BS':
      return sum(listOf(content).map((text) => base64Bytes(String(text))));
    case 'L':
      return CONTAINER_BYTES + sum(listOf(content).map((value) => 1 + valueBytes(value)));
    case 'M':
      return CONTAINER_BYTES + sum(entriesOf(content).map((size) => 1 + size));
    default:
      return 1;
  }
};

const valueBytes = (value: unknown): number => {
  if (!isRecord(value)) return 0;
  const [type, content] = Object.entries(value)[0] ?? ['NULL', true];
  return contentBytes(type, content);
};

const entriesOf = (content: unknown): number[] =>
  isRecord(content)
    ? Object.entries(content).map(([name, value]) => utf8Bytes(name) + valueBytes(value))
    : [];

/**
 * The size of an item, names of attributes with their values, by which DynamoDB bills.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemBytes = (item: unknown): number => sum(entriesOf(item));
