import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { secret } from '#functions/adapters/secrets/secret.ts';

const client = new SecretsManagerClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

describe('a secret', () => {
  it('is read when it is first needed, and kept for five minutes', async () => {
    mock
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: 'first' })
      .resolves({ SecretString: 'rotated' });
    const clock = { now: 0 };
    const read = secret(client, 'arn:secret', () => clock.now);
    expect(mock.calls()).toEqual([]);
    expect(await read()).toBe('first');
    clock.now = 299_999;
    expect(await read()).toBe('first');
    clock.now = 300_000;
    expect(await read()).toBe('rotated');
  });

  it.each([{}, { SecretString: '' }])('that is empty opens nothing: %j', async (answer) => {
    mock.on(GetSecretValueCommand).resolves(answer);
    await expect(secret(client, 'arn:secret', () => 0)()).rejects.toThrow('generate it again');
  });
});
