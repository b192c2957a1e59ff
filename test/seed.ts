import fc from 'fast-check';

/** Random tests with SEED in the environment are the same each time; without it they are new ones, and a failure prints its seed. */
const { SEED } = process.env;
if (SEED !== undefined && SEED !== '')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED) });
