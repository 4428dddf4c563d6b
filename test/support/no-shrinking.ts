import fc from 'fast-check';

/** A mutant is dead at the first find: nobody reads how small it could be. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
