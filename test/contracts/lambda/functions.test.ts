import { afterEach, describe, expect, it } from 'vitest';
import {
  type LoneFunction,
  startTinyFunction,
  type TinyFunctionSettings,
} from './tiny-function.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html

const MEGABYTE = 1024 * 1024;

let tiny: LoneFunction | undefined;
const start = async (code: string, settings?: TinyFunctionSettings): Promise<LoneFunction> => {
  tiny = await startTinyFunction(code, settings);
  return tiny;
};
afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

const COUNTING = `
console.log('init');
let count = 0;
exports.handler = async (event) => {
  count += 1;
  if (event.sleep) await new Promise((done) => setTimeout(done, event.sleep));
  if (event.hang) await new Promise(() => setInterval(() => {}, 1000));
  if (event.exit) process.exit(1);
  if (event.throw) throw new RangeError(event.throw);
  return count;
};`;

const payloadOf = async (fn: LoneFunction, event: unknown = {}): Promise<unknown> => {
  const result = await fn.invoke(event);
  return result.outcome === 'success' ? result.payload : result.error;
};

describe('given a sandbox', () => {
  it('loads the bundle once and keeps its memory between invocations', async () => {
    const fn = await start(COUNTING);
    expect([await payloadOf(fn), await payloadOf(fn), await payloadOf(fn)]).toEqual([1, 2, 3]);
    expect(fn.lines()).toEqual(['init']);
    const [cold, ...warm] = fn.reports.map(({ initMilliseconds }) => initMilliseconds);
    expect(cold).toBeGreaterThan(0);
    expect(warm).toEqual([0, 0]);
  });

  it('starts another sandbox for an invocation beside another', async () => {
    const fn = await start(COUNTING);
    const both = [payloadOf(fn, { sleep: 200 }), payloadOf(fn, { sleep: 200 })];
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(fn.lines()).toEqual(['init', 'init']);
  });

  it('keeps the memory after an error of the code', async () => {
    const fn = await start(COUNTING);
    const failed = await payloadOf(fn, { throw: 'no' });
    expect(failed).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
    expect(await payloadOf(fn)).toBe(2);
  });

  it('ends with the invocation that overruns, and a new one starts cold', async () => {
    const fn = await start(COUNTING, { timeoutSeconds: 0.3 });
    await payloadOf(fn);
    expect(await payloadOf(fn, { hang: true })).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Task timed out after 0\.30 seconds$/,
      ),
    });
    expect(await payloadOf(fn)).toBe(1);
    expect(fn.lines().filter((line) => line === 'init')).toHaveLength(2);
  });

  it('ends with the process, and a new one starts cold', async () => {
    const fn = await start(COUNTING);
    expect(await payloadOf(fn, { exit: true })).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Runtime exited with error: exit status 1$/,
      ),
    });
    expect(await payloadOf(fn)).toBe(1);
  });

  it('ends when the heap outgrows the memory, and a new one starts cold', async () => {
    const fn = await start(`exports.handler = async ({ fill }) => {
      const kept = [];
      for (let at = 0; fill; at += 1) kept.push({ at, text: 'x' + at });
      return 'alive';
    };`);
    expect(await payloadOf(fn, { fill: true })).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
    expect(await payloadOf(fn)).toBe('alive');
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (TZ)
  it('tells its time in UTC wherever the machine is, and by the clock of the cloud', async () => {
    process.env.TZ = 'Asia/Tokyo';
    const fn = await start(`exports.handler = async () => [
      process.env.TZ, new Date().getHours(), new Date(Date.now()).toISOString()
    ];`);
    expect(await payloadOf(fn)).toEqual(['UTC', 12, '2026-03-01T12:00:00.000Z']);
  });
});

describe('given a bundle that does not load', () => {
  it('tries again within the invocation, and fails it with the error', async () => {
    const fn = await start(`console.log('init'); throw new TypeError('no config');`);
    const failed = await payloadOf(fn);
    expect(failed).toMatchObject({ errorType: 'TypeError', errorMessage: 'no config' });
    expect(fn.lines().filter((line) => line === 'init')).toHaveLength(2);
    expect(fn.lines().join('\n')).toMatch(
      /INIT_REPORT Init Duration: \S+ ms Phase: init Status: error/,
    );
  });

  it('takes a handler that is not there for such a bundle', async () => {
    const fn = await start('exports.other = () => 1;');
    expect(await payloadOf(fn)).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it('begins anew, within the timeout of the function, when loading takes too long', async () => {
    const fn = await start(
      `const until = Date.now; const at = performance.now();
       while (performance.now() - at < 500);
       exports.handler = async () => 'loaded';`,
      { initSeconds: 0.2, timeoutSeconds: 3 },
    );
    expect(await payloadOf(fn)).toBe('loaded');
    expect(fn.lines().join('\n')).toContain('Phase: init Status: timeout');
  });

  it('fails an invocation whose second loading overruns the timeout', async () => {
    const fn = await start('while (true);', { initSeconds: 0.2, timeoutSeconds: 0.4 });
    expect(await payloadOf(fn)).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 0.40 seconds'),
    });
  });
});

describe('given payloads', () => {
  const ECHO = 'exports.handler = async ({ length }) => "x".repeat(length);';

  it('takes and gives 6 MB, and no byte more', async () => {
    const fn = await start(ECHO, { memoryMegabytes: 512 });
    const whole = 6 * MEGABYTE;
    expect(await payloadOf(fn, { length: whole - 2 })).toHaveLength(whole - 2);
    expect(await payloadOf(fn, { length: whole - 1 })).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
    const around = JSON.stringify({ length: 1, text: '' }).length;
    expect(await payloadOf(fn, { length: 1, text: 'x'.repeat(whole - around) })).toBe('x');
    const text = 'x'.repeat(whole - around + 1);
    expect(await payloadOf(fn, { length: 1, text })).toMatchObject({
      errorType: 'RequestTooLargeException',
    });
  });

  it('counts bytes, not characters', async () => {
    const fn = await start('exports.handler = async () => "ü".repeat(4 * 1024 * 1024);');
    expect(await payloadOf(fn)).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });
});

describe('given a reserved concurrency', () => {
  it('throttles what is beyond it, at once', async () => {
    const fn = await start(COUNTING, { reserved: 2 });
    const running = [fn.invoke({ sleep: 150 }), fn.invoke({ sleep: 150 })];
    const refused = await fn.invoke({});
    expect(refused).toMatchObject({
      outcome: 'throttled',
      error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
    });
    expect((await Promise.all(running)).map(({ outcome }) => outcome)).toEqual([
      'success',
      'success',
    ]);
    expect(await payloadOf(fn)).toBe(2);
    // What did not reach the function is not measured, and so not billed.
    expect(fn.reports).toHaveLength(3);
  });

  it('counts those that wait for a sandbox of this machine as running', async () => {
    const fn = await start(COUNTING, { reserved: 3, sandboxes: 1 });
    const running = [1, 2, 3].map(() => fn.invoke({ sleep: 50 }));
    expect((await fn.invoke({})).outcome).toBe('throttled');
    const results = await Promise.all(running);
    expect(results.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success']);
    expect(fn.lines()).toEqual(['init']);
  });
});

describe('given a function that is stopped', () => {
  const stopped = { errorType: 'Sandbox.Stopped' };

  it('ends what runs and what waits, and loads its bundle for neither again', async () => {
    const fn = await start(COUNTING, { sandboxes: 1 });
    await fn.invoke({});
    const running = payloadOf(fn, { hang: true });
    const waiting = payloadOf(fn);
    await fn.stop();
    expect(await Promise.all([running, waiting])).toMatchObject([stopped, stopped]);
    expect(fn.lines().filter((line) => line === 'init')).toHaveLength(1);
  });

  it('starts nothing for whoever calls it afterwards', async () => {
    const fn = await start(COUNTING);
    await fn.invoke({});
    await fn.stop();
    expect(await payloadOf(fn)).toMatchObject(stopped);
    expect(fn.lines().filter((line) => line === 'init')).toHaveLength(1);
  });
});
