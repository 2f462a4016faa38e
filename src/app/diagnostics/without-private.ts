/** Cleans every text of a report: of secrets, and of the name that a home folder has. */

export interface Private {
  /** A text without the secrets in it. */
  readonly clean: (text: string) => string;
  /** The person's home folder; '' for none. */
  readonly home: string;
}

/** @returns the same structure; names of properties are ours and stay */
export function withoutPrivate(value: unknown, given: Private): unknown {
  if (typeof value === 'string') return cleaned(value, given);
  if (Array.isArray(value)) return value.map((one: unknown) => withoutPrivate(one, given));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withoutPrivate(one, given)]),
  );
}

function cleaned(text: string, { clean, home }: Private): string {
  const secretless = clean(text);
  // A root folder is part of every path.
  return home.length > 1 ? secretless.replaceAll(home, '~') : secretless;
}
