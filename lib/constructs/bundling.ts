import {
  type BundlingOptions,
  type ICommandHooks,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Verb } from '../verbs.ts';
import { fontFiles } from './font-files.ts';

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

const quoted = (path: string): string => JSON.stringify(path);

/** Lays files in a folder beside a bundle, by Node: every machine that bundles has it. */
const layBeside = (files: readonly string[], folder: string): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (inputDirectory, outputDirectory) => {
    const [from, to] = [inputDirectory, `${outputDirectory}/${folder}`];
    const script = [
      `const fs=require('node:fs'),path=require('node:path'),[from,to,...files]=process.argv.slice(1);`,
      'fs.mkdirSync(to,{recursive:true});',
      'for(const file of files)fs.copyFileSync(path.join(from,file),path.join(to,path.basename(file)))',
    ].join('');
    return [['node', '-e', ...[script, from, to, ...files].map(quoted)].join(' ')];
  },
});

/**
 * pdfkit asks at its start where its module lies, which a CommonJS bundle has to be told. It reads
 * nothing there: the fonts of its own are not used.
 */
const whereItLies = {
  banner: "const moduleUrl=require('node:url').pathToFileURL(__filename).href;",
  define: { 'import.meta.url': 'moduleUrl' },
};

/** The options of one function's bundle: what `report` prints in lies beside it. */
export const bundlingOf = (verb: Verb): BundlingOptions =>
  verb === 'report'
    ? { ...bundling, ...whereItLies, commandHooks: layBeside(fontFiles, 'fonts') }
    : bundling;
