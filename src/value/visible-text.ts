/** Names and values come from anywhere: what would break a line or steer a terminal is shown as its code. */
export const visibleText = (line: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
  line.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** The same of text of several lines, which stay lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visibleText).join('\n');
