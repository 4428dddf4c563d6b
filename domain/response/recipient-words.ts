import { type PersonChannel, personChannelSchema } from '../model/recipient.ts';

const BY: Readonly<Record<PersonChannel, string>> = {
  sms: 'by text message',
  voice: 'by call',
  email: 'by e-mail',
  push: 'by push message',
  webhook: 'by webhook',
};

/**
 * Whom a key names, and by what they are told: `sms.officer` is the officer by text message. A
 * channel of a later version stands as it is.
 */
export const recipientWords = (key: string): string => {
  const dot = key.indexOf('.');
  if (dot === -1) return `the ${key.replaceAll('-', ' ')}`;
  const [channel, id] = [key.slice(0, dot), key.slice(dot + 1)];
  const { data } = personChannelSchema.safeParse(channel);
  if (data !== undefined) return `${id} ${BY[data]}`;
  return channel === 'liaison' ? id : key;
};
