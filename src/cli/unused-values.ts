import type { Diagnostic, LoadedEstate } from '../load/index.js';

/** A value of a flag that a template does not take. */
const unusedPath = /^options\.(parameters|imports|nested)\./;

/** One loaded file, and the flag that named it. */
export interface Loaded extends Pick<LoadedEstate, 'estate' | 'diagnostics'> {
  readonly flag: string;
}

/**
 * What the loaders report. The values of flags are given to every template, and each is meant for some of them: that one is not taken is
 * said where no template takes it, once.
 */
export function diagnosticsOf(loaded: readonly Loaded[]): readonly Diagnostic[] {
  const told = new Set<string>();
  return loaded.flatMap(({ diagnostics }) =>
    diagnostics.filter((one) => {
      if (!isUnused(one)) return true;
      const takers = loaded.filter(({ flag }) => takes(flag, one.path));
      const nowhere = takers.every((other) =>
        other.diagnostics.some((its) => isUnused(its) && its.path === one.path),
      );
      if (!nowhere || told.has(one.path)) return false;
      told.add(one.path);
      return true;
    }),
  );
}

const isUnused = ({ code, path }: Diagnostic): boolean => code === 'ignored' && unusedPath.test(path);

/** An assembly brings its nested templates itself. */
const takes = (flag: string, path: string): boolean =>
  flag === '--cfn' || (flag === '--cdk' && unusedPath.exec(path)?.[1] !== 'nested');
