import { defineConfig } from 'vitest/config';

/** The tests that mutants are run against: fast, and free of builds and children. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'test/{value,condition,match,plan,combine,request,policy,conformance}/**/*.test.ts',
      'test/*.test.ts',
    ],
    exclude: ['test/architecture.test.ts'],
    // The tests keep no state of their own, and a mutant is tried many times faster so.
    isolate: false,
    testTimeout: 10_000,
  },
});
