import type { LogFields, Telemetry } from '#functions/adapters/log/log.ts';

export type Line = Readonly<{
  level: 'info' | 'warn' | 'error';
  message: string;
  fields: LogFields;
}>;

/** Telemetry that keeps what it was told, for a test to look at. */
export const recordedTelemetry = () => {
  const lines: Line[] = [];
  const measured: [name: string, value: number][] = [];
  const say =
    (level: Line['level']) =>
    (message: string, fields: LogFields): void => {
      lines.push({ level, message, fields });
    };
  const telemetry: Telemetry = {
    log: { info: say('info'), warn: say('warn'), error: say('error') },
    measure: (name, value) => {
      measured.push([name, value]);
    },
    flush: () => undefined,
  };
  return { telemetry, lines, measured };
};
