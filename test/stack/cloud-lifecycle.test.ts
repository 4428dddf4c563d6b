import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '#local/cloud/cloud.ts';
import { FIXTURE_APP } from './assemblies.ts';
import { descendantsOf, isAlive } from './descendants.ts';
import { eventually, fixtureAssembly, startFixture, stoppedClock } from './fixture-cloud.ts';

beforeAll(fixtureAssembly);

describe.skipIf(process.platform !== 'linux')('given a cloud', () => {
  it('leaves no process and no port behind when it stops', async () => {
    const before = await descendantsOf(process.pid);
    const cloud = await startFixture();
    const started = (await descendantsOf(process.pid)).filter((id) => !before.includes(id));
    expect(started.length).toBeGreaterThanOrEqual(2);
    await cloud.stop();
    await cloud.stop();
    await eventually(() => !started.some(isAlive));
    for (const url of [cloud.apiUrl, cloud.endpointUrl, cloud.consoleUrl]) {
      await expect(fetch(url)).rejects.toThrow();
    }
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('takes its database along on %s', async (signal) => {
    const script = `
      const { createClock } = await import('#local/cloud/clock/clock.ts');
      const { startCloud } = await import('#local/cloud/cloud.ts');
      const cloudAssembly = ${JSON.stringify(await fixtureAssembly())};
      await startCloud({ appDirectory: '.', clock: createClock({ mode: 'real' }), cloudAssembly });
      process.stdout.write('started');`;
    const temporary = await mkdtemp(join(tmpdir(), 'killed-'));
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TMPDIR: temporary },
    });
    await once(child.stdout, 'data');
    const started = await descendantsOf(child.pid ?? 0);
    expect(started.length).toBeGreaterThanOrEqual(2);
    child.kill(signal);
    await once(child, 'exit');
    await eventually(() => !started.some(isAlive));
    await rm(temporary, { recursive: true });
  });

  it('runs beside another', async () => {
    const [one, two] = await Promise.all([startFixture(), startFixture()]);
    try {
      await one.clock.advanceBy(60_000);
      expect([one.functionLogs('Tick').length, two.functionLogs('Tick').length]).toEqual([1, 0]);
      expect(one.secret('Token')).not.toBe(two.secret('Token'));
      expect((await fetch(`${two.apiUrl}/open`)).status).toBe(201);
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
  });

  it('refuses an unknown resource type by name, and leaves nothing running', async () => {
    const before = await descendantsOf(process.pid);
    const context = { strange: 'AWS::Braket::Quantum' };
    const starting = startCloud({ appDirectory: FIXTURE_APP, clock: stoppedClock(), context });
    await expect(starting).rejects.toThrow(
      'AWS::Braket::Quantum (logical id Strange) is not known to the local cloud; add it in local/cloud/resources',
    );
    await eventually(async () => (await descendantsOf(process.pid)).length <= before.length);
  });

  it('says what went wrong when the app does not synthesize', async () => {
    const starting = startCloud({ appDirectory: tmpdir(), clock: stoppedClock() });
    await expect(starting).rejects.toThrow(/cdk.json.*cannot be read/);
  });

  it("keeps the assembly and each function's log when it is told where", async () => {
    const outDirectory = await mkdtemp(join(tmpdir(), 'kept-'));
    const cloud = await startFixture({ outDirectory });
    await cloud.invoke('Tick', { time: 'now' });
    await cloud.stop();
    const [logFile = ''] = await readdir(join(outDirectory, 'logs'));
    expect(logFile).toMatch(/^Tick.*\.log$/);
    expect(await readFile(join(outDirectory, 'logs', logFile), 'utf8')).toContain('tick now');
    await rm(outDirectory, { recursive: true });
  });
});
