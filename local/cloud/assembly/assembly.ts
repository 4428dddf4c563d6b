import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ACCOUNT_ID, DEFAULT_REGION } from '../place.ts';
import { type Template, templateSchema } from '../template/template.ts';

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});

const assetsSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional(), packaging: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

/** What the CDK left for one stack. */
export type CloudAssembly = {
  stackName: string;
  region: string;
  template: Template;
  /** The file's name within the assembly. */
  templateFile: string;
  /** The directory of the asset that would be uploaded under this S3 key. */
  assetDirectory(objectKey: string): string;
};

const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8');
  return JSON.parse(text);
};

const readAssets = async (directory: string, stackName: string): Promise<Map<string, string>> => {
  const manifest = assetsSchema.parse(await readJson(join(directory, `${stackName}.assets.json`)));
  const directories = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.files)) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path !== undefined) directories.set(objectKey, join(directory, source.path));
    }
  }
  return directories;
};

const UNKNOWN = /^unknown-/;

/**
 * `aws://account/region`; an environment-agnostic stack says `unknown-account`, `unknown-region`.
 */
const regionOf = (environment: string | undefined): string => {
  const [account = '', region = ''] = (environment ?? '').replace(/^aws:\/\//, '').split('/');
  if (account !== '' && !UNKNOWN.test(account) && account !== ACCOUNT_ID) {
    throw new Error(
      `The stack is bound to account ${account}; the local cloud runs stacks without a fixed account.`,
    );
  }
  return region === '' || UNKNOWN.test(region) ? DEFAULT_REGION : region;
};

/** Reads the one stack of a synthesized app. Throws when there is none, or more than one. */
export const readAssembly = async (directory: string): Promise<CloudAssembly> => {
  const manifest = manifestSchema.parse(await readJson(join(directory, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const [stack, ...others] = stacks;
  if (stack === undefined || others.length > 0) {
    throw new Error(
      `${directory} holds ${stacks.length} stacks; the local cloud runs exactly one.`,
    );
  }
  const [artifactId, artifact] = stack;
  const { templateFile = `${artifactId}.template.json`, stackName = artifactId } =
    artifact.properties ?? {};
  const assets = await readAssets(directory, artifactId);
  return {
    // What the stack is called in AWS: policies match names that begin with it.
    stackName,
    templateFile,
    region: regionOf(artifact.environment),
    template: templateSchema.parse(await readJson(join(directory, templateFile))),
    assetDirectory: (objectKey) => {
      const found = assets.get(objectKey);
      if (found !== undefined) return found;
      throw new Error(`${artifactId}.assets.json has no asset with the key ${objectKey}.`);
    },
  };
};
