const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

/** A name of the record as words: `case-note-written` is "case note written". Else as it stands. */
export const plainName = (name: string): string =>
  NAME.test(name) ? name.replaceAll('-', ' ') : name;
