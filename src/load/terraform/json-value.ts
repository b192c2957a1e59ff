/** Data of a file: nothing is known of its shape. */
export type Members = Readonly<Record<string, unknown>>;
export type JsonPath = readonly (string | number)[];

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of its own: `__proto__` and `constructor` of a file are names like others. */
export function own(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : undefined;
}

export const at = (value: unknown, path: JsonPath): unknown =>
  path.reduce<unknown>((inner, name) => own(inner, name), value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Text as Terraform would print it: account ids are sometimes numbers, condition values booleans. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Text that is not empty. */
export const filledText = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === '' ? undefined : text;
};

/** Whether a tree of `after_unknown` marks a path, or something that it lies in. */
export function marks(tree: unknown, path: JsonPath): boolean {
  let inner = tree;
  for (const name of path) {
    if (inner === true) return true;
    inner = own(inner, name);
  }
  return inner === true;
}

/** The value of a JSON text; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
