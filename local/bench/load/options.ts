import { parseArgs } from 'node:util';
import * as z from 'zod';

/** Monitored in England and Wales on 30 September 2025, by the Ministry of Justice's statistics. */
const CASELOAD = 26_647;

export type LoadOptions = Readonly<{
  wearers: number;
  minutes: number;
  hidden: number;
  seed: number;
  burst: boolean;
  /** Wearers who replay a backlog; 0: nobody. */
  backlogWearers: number;
  /** Wearers whose trail is read back in full; the hidden ones always are. */
  verify: number;
  json: string | null;
  help: boolean;
}>;

export const HELP = `A caseload posted as a head-end would, through the whole stack on this machine.

  npm run bench:load                   England and Wales: ${CASELOAD} wearers for ten minutes, a burst of
                                       four times that for one, and a backlog of twelve hours
  --wearers N                          a smaller caseload, at the same pace a wearer
  --scale S                            the same as a share of the whole, such as 0.02
  --minutes M                          a shorter steady stretch, 1 or more
  --hidden N                           violations hidden in it, 190 at most
  --skip-burst  --skip-backlog         without them
  --backlog-wearers N                  how many devices replay twelve hours (a tenth of the caseload)
  --verify N                           how many trails are read back and counted (2000)
  --seed N                             another caseload
  --json FILE                          the figures, for a program
  --help                               this text

Exit code 0 only if nothing was lost, doubled or paged without cause.`;

const whole = z.coerce.number().int();
const MOST_HIDDEN = 190;
const USUAL_HIDDEN = 120;
const USUAL_VERIFIED = 2_000;
const LEAST_WEARERS = 50;

const valuesSchema = z.object({
  wearers: whole.min(LEAST_WEARERS).optional(),
  scale: z.coerce.number().positive().max(2).default(1),
  minutes: z.coerce.number().min(1).max(240).default(10),
  hidden: whole.min(0).max(MOST_HIDDEN).optional(),
  seed: whole.default(1),
  verify: whole.min(0).default(USUAL_VERIFIED),
  json: z.string().optional(),
  help: z.boolean().default(false),
  'skip-burst': z.boolean().default(false),
  'skip-backlog': z.boolean().default(false),
  'backlog-wearers': whole.min(1).optional(),
});

const parse = (args: readonly string[]): unknown => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseArgs({
    args: [...args],
    options: {
      ...{ wearers: text, scale: text, minutes: text, hidden: text, seed: text, verify: text },
      ...{ json: text, help: flag, 'skip-burst': flag, 'skip-backlog': flag },
      'backlog-wearers': text,
    },
    strict: true,
  }).values;
};

/** Reads the command line. Throws in plain words on what it cannot follow. */
export const parseLoadOptions = (args: readonly string[]): LoadOptions => {
  const parsed = valuesSchema.safeParse(parse(args));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const values = parsed.data;
  const wearers = values.wearers ?? Math.max(LEAST_WEARERS, Math.round(CASELOAD * values.scale));
  const { minutes, seed, verify, help } = values;
  const fewHidden = Math.min(USUAL_HIDDEN, Math.floor(wearers / 50), Math.floor(minutes * 12));
  return {
    ...{ wearers, minutes, seed, verify, help },
    hidden: values.hidden ?? fewHidden,
    burst: !values['skip-burst'],
    backlogWearers: values['skip-backlog']
      ? 0
      : (values['backlog-wearers'] ?? Math.ceil(wearers / 10)),
    json: values.json ?? null,
  };
};
