import { describe, expect, it } from 'vitest';
import { severityOf } from '#domain/escalate/severity.ts';

describe('how grave an alert is', () => {
  const plain = { riskLevel: 'standard', mappa: null } as const;
  const mappa = (level: number) => ({ ...plain, mappa: { level, category: 1 } });

  it.each([
    ['a curfew', 'out-at-start', plain, 'moderate'],
    ['a zone', 'inside-zone', plain, 'severe'],
    [
      'a curfew of somebody at high risk',
      'out-at-start',
      { ...plain, riskLevel: 'high' },
      'moderate',
    ],
    ['a curfew at very high risk', 'out-at-start', { ...plain, riskLevel: 'very-high' }, 'severe'],
    ['a zone at very high risk', 'inside-zone', { ...plain, riskLevel: 'very-high' }, 'extreme'],
    ['a curfew under MAPPA level 1', 'out-at-start', mappa(1), 'moderate'],
    ['a curfew under MAPPA level 2', 'out-at-start', mappa(2), 'severe'],
    ['a zone under MAPPA level 3', 'inside-zone', mappa(3), 'extreme'],
  ] as const)('of %s', (_, reason, order, severity) => {
    expect(severityOf({ reason, conditionKind: 'curfew', certainty: 0.97 }, order)).toBe(severity);
  });
});
