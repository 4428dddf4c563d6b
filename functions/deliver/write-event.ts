import { capOf } from '#domain/liaison/cap.ts';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { incidentOf } from '#domain/liaison/incident.ts';
import { MEDIA_TYPES } from '#domain/liaison/topic-message.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import { writeWellFormed } from '#domain/model/well-formed.ts';
import type { Signer } from '../adapters/feed-keys/sign.ts';
import type { Written } from './post-feed.ts';

const textOf = (
  sign: Pick<Signer, 'whole'>,
  event: LiaisonEvent,
  { format, acceptance }: Liaison,
): string | Promise<string> => {
  switch (format) {
    case 'cloudevents':
      return writeWellFormed(cloudEventOf(event));
    case 'cap':
      return capOf(event);
    case 'incident': {
      const incident = incidentOf(event, { isAckWanted: acceptance !== null });
      return sign.whole({ text: writeWellFormed(incident), contentType: 'application/json' });
    }
    default:
      return format satisfies never;
  }
};

/** Writes a disclosed event in the format of its recipient; an incident carries its signature. */
export const writeEvent =
  (sign: Pick<Signer, 'whole'>) =>
  async (event: LiaisonEvent, liaison: Liaison): Promise<Written> => ({
    messageId: event.eventId,
    status: event.status,
    text: await textOf(sign, event, liaison),
    contentType: MEDIA_TYPES[liaison.format],
    isSigned: liaison.format === 'incident',
  });
export type WriteEvent = ReturnType<typeof writeEvent>;
