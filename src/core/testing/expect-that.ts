/** A broken property, in a sentence. */

export function expectThat(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}
