/** Lower-cases A–Z only: names fold, and a locale or a Kelvin sign must not make two names equal (L25, L70). */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}
