import { askApi } from './history/ask-api.ts';
import { exportAgency } from './history/export-agency.ts';
import { exportRecord } from './history/export-record.ts';
import { importAgency } from './history/import-agency.ts';
import { importRecord } from './history/import-record.ts';
import { HELP, readOptions } from './history/options.ts';

const args = process.argv.slice(2);

const run = async (): Promise<void> => {
  const options = readOptions(args, process.env.HOMEWARD_TOKEN);
  const tools = { ask: askApi(options), line: (text: string): void => console.log(text) };
  const { wearerId } = options;
  if (options.does === 'export') {
    await (wearerId === null
      ? exportAgency(tools, options)
      : exportRecord(tools, { ...options, wearerId }));
  } else {
    await (wearerId === null
      ? importAgency(tools, options)
      : importRecord(tools, { ...options, wearerId }));
  }
};

if (args.length === 0 || args.includes('--help')) {
  console.log(HELP);
} else {
  try {
    await run();
  } catch (error) {
    // Record: whoever ran it reads why it went no further.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
