import middy from '@middy/core';
import { describe, expect, it } from 'vitest';
import { answerErrors } from '#functions/middleware/http.ts';
import { withTelemetry } from '#functions/middleware/with-telemetry.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const CONTEXT = Object.create(null);

class Gone extends Error {
  constructor() {
    super('Jo Bloggs at 51.5, -0.1 on +447700900001');
    this.name = 'Gone';
  }
}
const breaks = async (): Promise<never> => {
  throw new Gone();
};

describe('when a run throws', () => {
  it('answers a request with 503 and says to try again', async () => {
    const { telemetry, lines } = recordedTelemetry();
    const handler = middy(breaks).use(withTelemetry(telemetry)).use(answerErrors(telemetry.log));
    const response = await handler({}, CONTEXT);
    expect(response).toMatchObject({ statusCode: 503 });
    expect(JSON.stringify(response)).not.toContain('Bloggs');
    expect(JSON.stringify(lines)).not.toContain('Bloggs');
    expect(lines.map(({ fields }) => fields)).toContainEqual({ error: 'Gone' });
  });

  it('lets Lambda see it where there is nobody to answer; the log has only its name', async () => {
    const { telemetry, lines } = recordedTelemetry();
    const handler = middy(breaks).use(withTelemetry(telemetry));
    await expect(handler({}, CONTEXT)).rejects.toThrow(Gone);
    expect(lines).toEqual([
      { level: 'error', message: 'invocation failed', fields: { error: 'Gone' } },
    ]);
  });

  it.each([
    ['after a run', async () => 'done'],
    ['after a failure', breaks],
  ])('sends what was measured %s', async (_, run) => {
    let flushes = 0;
    const { telemetry } = recordedTelemetry();
    const flush = () => {
      flushes += 1;
    };
    const handler = middy(run).use(withTelemetry({ ...telemetry, flush }));
    await handler({}, CONTEXT).catch(() => 'thrown');
    expect(flushes).toBe(1);
  });
});
