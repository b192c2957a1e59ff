/** Something in the arguments or files that keeps a command from answering: exit code 2. The message says what to write instead. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Runs `work` and keeps the words of its fault, so that one bad file does not hide what the others say. */
export function attempt(faults: string[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    faults.push(error.message);
  }
}
