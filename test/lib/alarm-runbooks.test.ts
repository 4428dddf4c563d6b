import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everythingChosen, synthesize } from './synthesized.ts';

const FOLDER = new URL('../../docs/runbooks/', import.meta.url);

/** What the first column of the runbooks' tables writes as a name; `...` stands for anything. */
const named = readdirSync(FOLDER)
  .flatMap((file) => readFileSync(new URL(file, FOLDER), 'utf8').split('\n'))
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Za-z.]+)`/g)])
  .map(([, name = '']) => new RegExp(name.split('...').join('.*')));

const alarms = synthesize(everythingChosen)
  .ofType('AWS::CloudWatch::Alarm')
  .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));

describe('given an alarm of the stack with everything chosen', () => {
  it.each([...new Set(alarms)])('a runbook has a row for %s', (alarm) => {
    expect(named.some((name) => name.test(alarm))).toBe(true);
  });
});
