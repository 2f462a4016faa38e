/** Marks a place that no value can reach; the compiler says when a new kind could. */

export function assertNever(value: never): never {
  throw new Error(`There is no case for ${JSON.stringify(value)}.`);
}
