import { CAP_MEDIA_TYPE, capSenderOf } from './cap.ts';
import type { IncidentId, LiaisonEvent, Traffic } from './event.ts';
import { plainText } from './plain-text.ts';
import { element, writeXml, type XmlElement } from './xml.ts';

/** The media type of RFC 4287. */
export const ATOM_MEDIA_TYPE = 'application/atom+xml';

const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';

/**
 * An incident that stands: its last event, where it can be had as a message of CAP, and whether it
 * has expired. Of one whose events are kept no longer, only that it stands.
 */
export type IndexEntry =
  | Readonly<{ event: LiaisonEvent; capUrl: string; isExpired: boolean }>
  | Readonly<{ event: null; incidentId: IncidentId; issuedAt: string; status: Traffic }>;

/** The index: whose it is, where it is, and what it lists. */
export type AtomIndex = Readonly<{
  agency: string;
  liaisonId: string;
  selfUrl: string;
  /** Where the rest of it is; null: there is no more. */
  nextUrl: string | null;
  /** Read at: the index's own time where nothing is in it. */
  readAt: string;
  entries: readonly IndexEntry[];
}>;

const category = (scheme: string, term: string): XmlElement =>
  element('category', '', { scheme: `urn:homeward:${scheme}`, term });

/** The incident's, so that a reader sees its next event as a newer state of the same entry. */
const idOf = (agency: string, incidentId: IncidentId): XmlElement =>
  element('id', `${capSenderOf({ agency })}:incident:${incidentId}`);

const EXPIRED = 'It still stands, and what was said of it has expired: ask before you act on it.';
const GONE = 'It still stands, and its events are kept no longer: ask the agency.';

const entryOf = (agency: string, entry: IndexEntry): XmlElement => {
  if (entry.event === null) {
    return element('entry', [
      idOf(agency, entry.incidentId),
      element('title', `Incident ${entry.incidentId}`),
      element('updated', entry.issuedAt),
      element('content', GONE, { type: 'text' }),
      category('status', entry.status),
      category('expiry', 'expired'),
    ]);
  }
  const { event, capUrl, isExpired } = entry;
  return element('entry', [
    idOf(agency, event.incidentId),
    element('title', plainText(event.headline)),
    element('updated', event.issuedAt),
    element('link', '', { rel: 'alternate', type: CAP_MEDIA_TYPE, href: capUrl }),
    ...(isExpired ? [element('summary', EXPIRED)] : []),
    category('status', event.status),
    category('class', event.class),
    category('severity', event.severity),
    category('expiry', isExpired ? 'expired' : 'current'),
  ]);
};

const issuedAtOf = (entry: IndexEntry): string =>
  entry.event === null ? entry.issuedAt : entry.event.issuedAt;

const newest = (readAt: string, entries: readonly IndexEntry[]): string =>
  entries.map(issuedAtOf).reduce((last, at) => (at > last ? at : last), '') || readAt;

/**
 * An Atom 1.0 index (RFC 4287) of a recipient's incidents, each with a link to its message; in
 * pages, where there are many (RFC 5005).
 */
export const atomOf = ({
  agency,
  liaisonId,
  selfUrl,
  nextUrl,
  readAt,
  entries,
}: AtomIndex): string =>
  writeXml(
    element(
      'feed',
      [
        element('id', `${capSenderOf({ agency })}:feed:${encodeURIComponent(liaisonId)}`),
        element('title', plainText(`Current incidents for ${liaisonId}`)),
        element('updated', newest(readAt, entries)),
        element('author', [element('name', plainText(agency))]),
        element('link', '', { rel: 'self', type: ATOM_MEDIA_TYPE, href: selfUrl }),
        ...(nextUrl === null
          ? []
          : [element('link', '', { rel: 'next', type: ATOM_MEDIA_TYPE, href: nextUrl })]),
        ...entries.map((entry) => entryOf(agency, entry)),
      ],
      { xmlns: ATOM_NAMESPACE },
    ),
  );
