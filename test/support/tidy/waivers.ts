/** What is allowed although a rule forbids it: by rule, by file, with the reason. */
export const WAIVERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'types are shown, not asserted': {
    'domain/model/instant.ts': 'the one constructor of the brand Instant',
  },
  'every file is used': {
    'domain/report/html.ts': 'one of the two renderings of a report',
    'functions/adapters/pdf/render-pdf.ts': 'the other rendering of a report',
    'lib/constructs/font-files.ts': 'what the renderings are set in',
    'functions/report/readers.ts': 'what the function that makes reports is to read by',
  },
};
