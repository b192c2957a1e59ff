import { defineConfig } from 'vitest/config';

/** What decides is tested on every branch; the rest nearly so. */
const whole = { branches: 100, functions: 100, lines: 100, statements: 100 };
const nearly = { branches: 95, functions: 95, lines: 95, statements: 95 };

/** What stands above the engine is asked by many forms of input that only real files have; children of a test do not count. */
const above = { branches: 90, functions: 95, lines: 95, statements: 95 };

const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  resolve: {
    // The examples import the package by its name, as its users do.
    alias: [
      {
        find: /^iam-verdict\/testing\/(vitest|jest|reporter)$/,
        replacement: `${root}src/cli/coverage-$1.ts`,
      },
      { find: /^iam-verdict\/([a-z-]+)$/, replacement: `${root}src/$1/index.ts` },
    ],
  },
  test: {
    root,
    setupFiles: ['test/seed.ts'],
    include: ['test/**/*.test.ts', 'docs/examples/*/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 180_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/cli/main.ts'],
      reportsDirectory: 'coverage',
      reporter: ['text', 'json-summary'],
      thresholds: {
        // Of all files together, those below included.
        ...nearly,
        branches: 93,
        'src/{policy,trace,partial,batch}/**': nearly,
        'src/*.ts': nearly,
        'src/{value,condition,match,plan,combine,request}/**': whole,
        'src/{account,catalog,managed-policies,query,load,testing,cli}/**': above,
      },
    },
  },
});
