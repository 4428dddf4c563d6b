import { infoOf } from './cap-info.ts';
import { capTime } from './cap-time.ts';
import type { LiaisonEvent, Traffic } from './event.ts';
import { plainText } from './plain-text.ts';
import { element, writeXml, type XmlElement } from './xml.ts';

/** The media type that is registered for CAP. */
export const CAP_MEDIA_TYPE = 'application/cap+xml';

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

/** Who sends, as CAP and CloudEvents name it: without space, comma, `<` or `&`. */
export const capSenderOf = ({ agency }: Pick<LiaisonEvent, 'agency'>): string =>
  `urn:homeward:${encodeURIComponent(agency.toWellFormed())}`;

/**
 * A closing is an `Update` with `AllClear`: what was told was so, and somebody has dealt with it.
 * `Cancel` takes a message back, as if it had not been sent.
 */
const msgTypeOf = ({ type, replaces }: LiaisonEvent): string => {
  if (replaces === null) return 'Alert';
  return type === 'cancelled' ? 'Cancel' : 'Update';
};

const NOTES: Readonly<Record<Traffic, string | null>> = {
  Actual: null,
  Exercise: 'Exercise: this is practice. Nothing of it is real, and nothing is to be done.',
  Test: 'Test: this only shows that messages arrive. Nothing is to be done.',
};

/** `sender,identifier,sent` of the one message that this one stands in the place of. */
const referencesOf = (event: LiaisonEvent): XmlElement[] => {
  const { replaces, replacesIssuedAt } = event;
  if (replaces === null) return [];
  if (replacesIssuedAt === null) {
    throw new RangeError(
      `${event.eventId} cannot be written as CAP: when ${replaces}, which it replaces, was issued` +
        ' is not in it; give replacesIssuedAt',
    );
  }
  const reference = `${capSenderOf(event)},${replaces},${capTime(replacesIssuedAt)}`;
  return [element('references', reference)];
};

/**
 * A disclosed event as a message of CAP 1.2 (OASIS), for its recipient alone. Throws a RangeError
 * where it replaces an event and does not say when that was issued.
 */
export const capOf = (event: LiaisonEvent): string => {
  const note = NOTES[event.status];
  const incidents = [event.incidentId, ...(event.follows === null ? [] : [event.follows])];
  return writeXml(
    element(
      'alert',
      [
        element('identifier', event.eventId),
        element('sender', capSenderOf(event)),
        element('sent', capTime(event.issuedAt)),
        element('status', event.status),
        element('msgType', msgTypeOf(event)),
        element('scope', 'Private'),
        element('addresses', plainText(event.recipient)),
        element('code', event.schema),
        ...(note === null ? [] : [element('note', note)]),
        ...referencesOf(event),
        element('incidents', incidents.join(' ')),
        infoOf(event),
      ],
      { xmlns: CAP_NAMESPACE },
    ),
  );
};
