import type { Place } from '../../cloud/place.ts';

/** One right that a call needs. */
export type Need = {
  action: string;
  /** An ARN, or what stands in the place of one. */
  resource: string;
  /** What conditions may ask of this request, beside what every request has. */
  context?: Readonly<Record<string, string>>;
};

/** What the rows of the table may know of the stack. */
export type Surroundings = {
  place: Place;
  /** The key that encrypts the resource with this ARN; undefined when AWS's own does. */
  keyOf(arn: string): string | undefined;
  /** What the table with this ARN calls its partition key. */
  partitionKeyOf(tableArn: string): string | undefined;
};

/** A call, as the rows see it. */
export type NeedyCall = {
  service: string;
  operation: string;
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  /** The body, parsed as its protocol has it: JSON, or the fields of a form. */
  input: unknown;
};

/** What calls of one operation need. */
export type NeedsRow = (call: NeedyCall, surroundings: Surroundings) => Need[];

export type NeedsTable = Readonly<Record<string, NeedsRow>>;

type KeyUse = {
  /** The encrypted resource. */
  of: string;
  /** The service that uses the key in its caller's name. */
  through: string;
  actions: readonly string[];
  encryptionContext: Readonly<Record<string, string>>;
};

/**
 * What a caller needs of the key that encrypts a resource: nothing when the key is AWS's own.
 * https://docs.aws.amazon.com/kms/latest/developerguide/
 * conditions-kms.html#conditions-kms-via-service
 */
export const keyNeeds = (
  { of, through, actions, encryptionContext }: KeyUse,
  { place, keyOf }: Surroundings,
): Need[] => {
  const key = keyOf(of);
  if (key === undefined) return [];
  const context: Record<string, string> = {
    'kms:ViaService': `${through}.${place.region}.amazonaws.com`,
    'kms:CallerAccount': place.account,
  };
  for (const [name, value] of Object.entries(encryptionContext)) {
    context[`kms:EncryptionContext:${name}`] = value;
  }
  return actions.map((action) => ({ action, resource: key, context }));
};
