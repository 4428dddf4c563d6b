import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { constructPath, synthesize } from './synthesized.ts';

const alarms = synthesize()
  .ofType('AWS::CloudWatch::Alarm')
  .filter(([, alarm]) => constructPath(alarm).startsWith('LiaisonAlarms/'))
  .map(([, { Properties }]) => Properties);

const dimensionsSchema = z.tuple([z.object({ Name: z.literal('service'), Value: z.string() })]);

const sourcesOf = (verb: string): string =>
  globSync(`functions/${verb}/**/*.ts`)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

describe('the alarms of what liaisons are told and answer', () => {
  it('tell operations', () => {
    expect(alarms).toHaveLength(9);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  it('watch what the functions measure', () => {
    for (const { MetricName, Dimensions } of alarms) {
      const [service] = dimensionsSchema.parse(Dimensions);
      expect(sourcesOf(service.Value)).toContain(`measure('${MetricName}'`);
    }
  });
});
