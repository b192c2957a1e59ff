/** What stands where a template must have a plain word; nothing where it has something else, such as a function. */
export const plainWord = (value: unknown): string =>
  typeof value === 'object' && value !== null ? '' : String(value);
