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
    testTimeout: 10_000,
  },
});
