import type { Contact } from '../escalate/roster.ts';
import type { PersonChannel, PersonRecipient } from '../model/recipient.ts';

/** By which channel somebody is told of what can wait, the quietest first; nobody is called. */
const QUIETEST: readonly PersonChannel[] = ['email', 'push', 'webhook', 'sms'];

/** How an officer is told quietly that something waits for them; null: they cannot be. */
export const quietRecipient = (contact: Contact | undefined): PersonRecipient | null => {
  const channels = contact?.channels.map(({ recipient }) => recipient) ?? [];
  const found = QUIETEST.flatMap((name) => channels.filter(({ channel }) => channel === name));
  return found[0] ?? null;
};
