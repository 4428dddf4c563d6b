import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { disclosedEvents } from '#test/support/liaison-events.ts';

const COMMAND = join(import.meta.dirname, '../../../local/validate-feeds.ts');
const TEXTS = fc
  .sample(disclosedEvents, { numRuns: 5, seed: 11 })
  .map((event) => JSON.stringify(cloudEventOf(event)));

/** What the command says of an outbox with these messages, and how it ends. */
const validated = async (texts: readonly string[]) => {
  const attributes = { recipient: 'met', 'content-type': 'application/cloudevents+json' };
  const outbox = texts.map((text) => ({ channel: 'queue', text, attributes }));
  const server = createServer((_, response) => response.end(JSON.stringify(outbox)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const child = spawn(process.execPath, [COMMAND, '--outbox', `http://127.0.0.1:${port}/`]);
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const [code] = await once(child, 'close');
  server.close();
  return { code, said: Buffer.concat(pieces).toString('utf8') };
};

it('the check of feeds says what it looked at, how much of it, and that it is valid', async () => {
  const { code, said } = await validated(TEXTS);
  expect(said).toMatch(/^5 messages sent; 5 events of \d recipients/);
  expect(said).toMatch(/ {5}5 {2}valid {3}CAP 1\.2: the rules of its validator/);
  expect(said).toMatch(/ {5}1 {2}valid {3}AsyncAPI/);
  expect(said.trim().endsWith('All valid.')).toBe(true);
  expect(code).toBe(0);
});

it('the check of feeds fails on one message that is broken, and names what is wrong', async () => {
  const broken = TEXTS[3]?.replace('"specversion":"1.0"', '"specversion":"0.3"') ?? '';
  const { code, said } = await validated([...TEXTS.slice(0, 3), broken, 'no JSON']);
  expect(said).toMatch(/ {5}5 {2}WRONG {3}CloudEvents 1\.0/);
  expect(said).toContain('message 4: specversion: not 1.0');
  expect(said).toContain('message 5: cannot be read');
  expect(code).toBe(1);
});

it('the check of feeds fails where nothing was sent', async () => {
  expect((await validated([])).code).toBe(1);
});
