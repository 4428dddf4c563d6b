import fc from 'fast-check';

/** Each mutant meets the same runs of each property, and a find is not shrunk. */
fc.configureGlobal({ seed: 1, endOnFailure: true });
