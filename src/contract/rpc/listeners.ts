/** Who wants to be told: a set of listeners in which one that throws does not silence the others. */

export interface Listeners<Value> {
  /** Returns the removal. */
  add(listener: (value: Value) => void): () => void;
  /** @throws the first error a listener threw, after all of them were told. */
  tell(value: Value): void;
}

export function createListeners<Value>(): Listeners<Value> {
  const entries = new Set<{ readonly listener: (value: Value) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    tell(value) {
      tellEach(
        [...entries].map((entry) => () => {
          if (entries.has(entry)) entry.listener(value);
        }),
      );
    },
  };
}

/** Runs every action. @throws the first error one of them threw, after all have run. */
export function tellEach(actions: Iterable<() => void>): void {
  const errors: unknown[] = [];
  for (const action of actions) {
    try {
      action();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
