import { readFileSync, writeFileSync } from 'node:fs';
import { calibrationSvg } from './calibration-svg.ts';
import { measuredTables, withTables } from './measured-page.ts';
import { coefficientsFile, measured, train } from './trained.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const PAGE = at('docs/forecast.md');

const trained = train();
const all = measured(trained);
const tables = measuredTables(trained.coefficients, all);
writeFileSync(at('domain/forecast/coefficients.ts'), coefficientsFile(trained));
writeFileSync(at('docs/forecast-calibration.svg'), calibrationSvg(all));
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables));
console.log(tables);
