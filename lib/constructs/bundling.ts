import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * Ways to credentials that no function takes: Lambda gives them in the environment, which the SDK
 * asks first. It imports these only when it needs one, so a quarter of each bundle stays out.
 */
const credentialsOfOtherPlaces = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** The SDK imports it for operations that answer with a stream of events; none here does. */
const streamsOfEvents = '@smithy/core/event-streams';

/**
 * One file, the SDK in it: the version that was tested is the one that runs, whatever the runtime
 * ships. CommonJS, because it loads faster than ESM.
 */
export const bundling = {
  format: OutputFormat.CJS,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: false,
  externalModules: [...credentialsOfOtherPlaces, streamsOfEvents],
} satisfies BundlingOptions;
