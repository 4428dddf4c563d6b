/** The account of everything local; the queue engine allows no other. */
export const ACCOUNT_ID = '000000000000';

export const DEFAULT_REGION = 'eu-west-2';

/** Where a stack runs, as it shows in ARNs and pseudo parameters. */
export type Place = { region: string; account: string; stackName: string };

export const createPlace = (region: string, stackName: string): Place => ({
  region,
  account: ACCOUNT_ID,
  stackName,
});

/** An ARN in this place, such as `arn:aws:sqs:eu-west-2:000000000000:events`. */
export const arnOf = (place: Place, service: string, resource: string): string =>
  `arn:aws:${service}:${place.region}:${place.account}:${resource}`;

/** The name a resource gets when its template gives none: the stack's name and the logical id. */
export const physicalName = (place: Place, logicalId: string, maximumLength: number): string =>
  `${place.stackName}-${logicalId}`.slice(0, maximumLength);
