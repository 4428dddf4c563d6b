import { writeFileSync } from 'node:fs';
import { RULES } from '#domain/evaluate/rules.ts';
import { countTests } from './count-tests.ts';
import { rulesPage } from './rules-page.ts';

const PAGE = new URL('../../docs/rules.md', import.meta.url);

writeFileSync(PAGE, rulesPage(RULES.map((rule) => ({ rule, counted: countTests(rule.name) }))));
