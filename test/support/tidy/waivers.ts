/** What is allowed although a rule forbids it: by rule, by file, with the reason. */
export const WAIVERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'types are shown, not asserted': {
    'domain/model/instant.ts': 'the one constructor of the brand Instant',
  },
};
