import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { openDataDirectory } from '#local/cloud/durable/data-directory.ts';
import { startObjects } from '#local/cloud/engines/objects.ts';
import { keptObjects } from '#local/cloud/gateway/stored-objects.ts';

const none = Buffer.alloc(0);
const never = (error: Error): never => expect.fail(error.message);

it('has the objects, and what is known of them, that were there before', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'objects-'));
  const first = await openDataDirectory(directory, never);
  const engine = await startObjects('eu-west-2', first.objects);
  await engine.createBucket('trail');
  const body = Buffer.from('slices');
  await engine.forward({ method: 'PUT', path: '/trail/w/1', headers: {}, body });
  const objects = keptObjects(first.ledger, 'trail');
  objects.set('w/1', { storedAt: instant(5), bytes: 6, etag: '"e"' });
  objects.set('gone', { storedAt: instant(5), bytes: 6, etag: '"e"' });
  objects.delete('gone');
  await engine.stop();
  await first.close();

  const second = await openDataDirectory(directory, never);
  const again = await startObjects('eu-west-2', second.objects);
  await again.createBucket('trail');
  const found = await again.forward({ method: 'GET', path: '/trail/w/1', headers: {}, body: none });
  expect([found.status, found.body.toString()]).toEqual([200, 'slices']);
  expect([...keptObjects(second.ledger, 'trail')]).toEqual([
    ['w/1', { storedAt: 5, bytes: 6, etag: '"e"' }],
  ]);
  await again.stop();
  await second.close();
  await rm(directory, { recursive: true });
});
