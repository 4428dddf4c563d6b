import fc from 'fast-check';
import { expect, it } from 'vitest';
import { personChannelSchema } from '#domain/model/recipient.ts';
import { recipientWords } from '#domain/response/recipient-words.ts';

it.each([
  ['sms.officer', 'officer by text message'],
  ['voice.on-call.south', 'on-call.south by call'],
  ['liaison.essex', 'essex'],
  ['duty-manager', 'the duty manager'],
  ['pigeon.officer', 'pigeon.officer'],
])('says of %s that it is %s', (key, words) => {
  expect(recipientWords(key)).toBe(words);
});

it('names the person, and tells their channels apart', () => {
  const channels = personChannelSchema.options;
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/), (personId) => {
      const words = channels.map((channel) => recipientWords(`${channel}.${personId}`));
      expect(words.every((one) => one.startsWith(`${personId} by `))).toBe(true);
      expect(new Set(words).size).toBe(channels.length);
    }),
  );
});
