import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAssembly } from '#local/cloud/assembly/assembly.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assembly-'));
});
afterEach(() => rm(directory, { recursive: true }));

const stack = (environment: string) => ({ type: 'aws:cloudformation:stack', environment });

const write = async (artifacts: Record<string, unknown>, template: unknown = { Resources: {} }) => {
  const save = (name: string, value: unknown) =>
    writeFile(join(directory, name), JSON.stringify(value));
  const destination = { objectKey: 'abc.zip' };
  await save('manifest.json', { artifacts });
  await save('One.template.json', template);
  await save('One.assets.json', {
    files: {
      abc: {
        source: { path: 'asset.abc', packaging: 'zip' },
        destinations: { here: destination },
      },
    },
  });
};

describe('given a cloud assembly', () => {
  it('finds its stack, its Region and the directories of its assets', async () => {
    await write({ One: stack('aws://unknown-account/eu-north-1'), tree: { type: 'cdk:tree' } });
    const assembly = await readAssembly(directory);
    expect([assembly.stackName, assembly.region]).toEqual(['One', 'eu-north-1']);
    expect(assembly.assetDirectory('abc.zip')).toBe(join(directory, 'asset.abc'));
    expect(() => assembly.assetDirectory('no.zip')).toThrow(/no asset with the key no\.zip/);
  });

  it('runs a stack of no fixed Region in the default one', async () => {
    await write({ One: stack('aws://unknown-account/unknown-region') });
    expect((await readAssembly(directory)).region).toBe('eu-west-2');
  });

  it('refuses two stacks', async () => {
    await write({ One: stack('aws://unknown-account/x'), Two: stack('aws://unknown-account/x') });
    await expect(readAssembly(directory)).rejects.toThrow(/2 stacks/);
  });

  it('refuses a stack that is bound to an account', async () => {
    await write({ One: stack('aws://123456789012/eu-west-2') });
    await expect(readAssembly(directory)).rejects.toThrow(/bound to account 123456789012/);
  });

  it('refuses a template with macros', async () => {
    const artifacts = { One: stack('aws://unknown-account/unknown-region') };
    await write(artifacts, { Transform: 'AWS::Serverless-2016-10-31', Resources: {} });
    await expect(readAssembly(directory)).rejects.toThrow(/does not run template macros/);
  });
});
