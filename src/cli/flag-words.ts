/** What loaders call their options, and the flags that set them. */
const words: readonly (readonly [RegExp, string])[] = [
  [/(?:give|pass)(?: it:)? (?:\{ accountId: \S+ \}|`accountId`)/, 'write --account-id ID'],
  [/(?:give|pass)(?: it:)? (?:\{ region: \S+ \}|`region`)/, 'write --region REGION'],
  [/give (?:one|its value): parameters: \{ '?(.+?)'?: … \}/, "write --parameter '$1=VALUE'"],
  [/give its value: imports: \{ '?(.+?)'?: … \}/, "write --import '$1=VALUE'"],
  [/pass it as nested: \{ (.+?): … \}/, 'write --nested $1=FILE'],
  [/give `managementAccount`/, 'write --management-account ID'],
];

/** A hint of a loader that speaks of flags in place of options. */
export const flagWords = (hint: string): string =>
  words.reduce((text, [option, flag]) => text.replace(option, flag), hint);

/** What a library says of a file, in words for people who do not program with it. */
const libraryWords: readonly (readonly [RegExp, string])[] = [
  [
    /Source contains multiple documents; please use YAML\.parseAllDocuments\(\)/,
    'a second document begins here',
  ],
  [/Maximum call stack size exceeded/, 'it is nested too deeply'],
];

/** A message of a loader without the words of the library that it reads with. */
export const plainWords = (message: string): string =>
  libraryWords.reduce((text, [said, plain]) => text.replace(said, plain), message);
