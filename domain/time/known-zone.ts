/**
 * Whether the tz database has an IANA zone of a name. By Intl, so that what only checks a name need
 * not bring a calendar with it. A fixed offset is no zone: it follows no clock change.
 */
export const isKnownZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Record: whoever asks turns it into a problem of what was sent.
    return false;
  }
};
