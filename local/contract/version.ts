/**
 * Of what is agreed with those outside (semver). A change that breaks somebody who goes by the last
 * release needs a higher first number, and one that may surprise them a higher second.
 */
export const CONTRACT_VERSION = '1.1.0';
