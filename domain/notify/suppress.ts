import { holdersOf } from '../escalate/holders.ts';
import type { Alert, Page } from '../model/alert.ts';
import { personOf } from '../model/recipient.ts';

/** Why a page that was to be sent is not. It stands on the page's row. */
export type Suppression =
  | 'acknowledged-meanwhile'
  | 'acknowledged-by-recipient'
  | 'closed-meanwhile'
  | 'taken-back-meanwhile'
  | 'test-alert';

/**
 * Whether a page still has to be sent, by the alert as it now stands: nobody is called to what
 * somebody else has taken in hand since. Stand-downs always go out, and so does all that liaisons
 * are told. A test alert goes to nobody but whoever raised it.
 */
export const suppress = (page: Page, alert: Alert | null): Suppression | null => {
  if (page.isTest && page.recipient.channel !== 'canary') return 'test-alert';
  const calls = page.purpose === 'alert' || page.purpose === 'review';
  if (!calls || page.recipient.channel === 'liaison' || alert === null) return null;
  switch (alert.status) {
    case 'open': {
      // What was taken back is looked at quietly; a call written before that calls to nothing.
      if (alert.cleared !== null && alert.track === 'review' && page.purpose === 'alert') {
        return 'taken-back-meanwhile';
      }
      const personId = personOf(page.recipient);
      const hasIt = personId !== null && holdersOf(alert, page.createdAt).includes(personId);
      return hasIt ? 'acknowledged-by-recipient' : null;
    }
    case 'acknowledged':
      return 'acknowledged-meanwhile';
    case 'closed':
      return 'closed-meanwhile';
    default:
      return alert.status satisfies never;
  }
};
