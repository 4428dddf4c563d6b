import { describe, expect, it } from 'vitest';
import type { Reported } from '#domain/audit/daily-report.ts';
import type { Addressed } from '#domain/contacts/contact-of.ts';
import { contactStatesSchema } from '#domain/model/contact.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { personSchema } from '#domain/model/person.ts';
import { rotaSchema } from '#domain/model/rota.ts';
import { reportDaily } from '#functions/audit/report-daily.ts';
import { dutyManagersTopic } from '#test/support/duty-managers-topic.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const at = (time: string) => instant(Date.parse(`2026-03-${time}:00Z`));

/** Somebody with a mobile, which was verified at an instant or never. */
const anna = (verifiedAt: Instant | null): Addressed => ({
  person: personSchema.parse({
    ...{ personId: 'anna', name: 'Anna', role: 'officer', mobile: '+447700900001' },
  }),
  topicArn: null,
  states: contactStatesSchema.parse({
    personId: 'anna',
    channels: {
      sms: {
        ...{ address: '+447700900001', stoppedAt: null, code: null, codesSentAt: [] },
        verified: verifiedAt === null ? null : { at: verifiedAt, how: { kind: 'code' } },
        reminded: { soonOf: null, lapseOf: null },
      },
    },
  }),
});

const reporting = (otherwise: string | null) => {
  let kept: Reported | null = null;
  const { told, email, cutSns } = dutyManagersTopic();
  const known: Addressed[] = [anna(at('01T00:00'))];
  const { telemetry, lines } = recordedTelemetry();
  const made = () =>
    reportDaily({
      agencyId: agencyIdSchema.parse('kent'),
      rotas: {
        loadAll: async () => [rotaSchema.parse({ rotaId: 'desk', name: 'Desk', otherwise })],
        loadHolidays: async () => new Map(),
      },
      loadKnown: async () => known,
      loadNamedLiaisons: async () => [],
      changeReported: async (next) => {
        kept = next(kept);
        return kept;
      },
      email,
      ...{ dutyManagerTopicArn: 'arn', telemetry },
    });
  return { made, told, known, lines, cutSns };
};

describe('given a rota with nobody on call', () => {
  it('tells the duty manager once a day, whichever sandbox looks', async () => {
    const { made, told } = reporting(null);
    const one = made();
    const other = made();
    for (const time of ['02T06:00', '02T06:01', '02T23:00', '03T05:59']) {
      await one(at(time));
      await other(at(time));
    }
    expect(told).toHaveLength(1);
    await other(at('03T06:00'));
    await one(at('03T06:01'));
    expect(told).toHaveLength(2);
  });

  it('tells at the next look where SNS does not take it, and says so in the log', async () => {
    const { made, told, lines, cutSns } = reporting(null);
    const look = made();
    cutSns(true);
    await look(at('02T06:00'));
    expect(lines).toMatchObject([{ level: 'error', message: 'day not reported' }]);
    cutSns(false);
    await look(at('02T06:01'));
    expect(told).toHaveLength(1);
  });
});

describe('given somebody on call', () => {
  it('tells nothing where a contact was shown to reach them', async () => {
    const { made, told } = reporting('anna');
    await made()(at('02T06:00'));
    expect(told).toEqual([]);
  });

  it('tells of them where none was', async () => {
    const { made, told, known } = reporting('anna');
    known.splice(0, 1, anna(null));
    await made()(at('02T06:00'));
    expect(told).toHaveLength(1);
  });
});
