/** Reads JSON back that this folder's writers made; the file as a whole is checked for damage when it is opened. */

/**
 * @param table where it was read, for the person who has to mend it
 * @throws Error when it is no JSON: a row was changed by another hand
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows which column it read
export function written<T>(json: string, table: string): T {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's version says which code wrote it
    return JSON.parse(json) as T;
  } catch (cause) {
    throw new Error(
      `The profile has a row in ${table} that cannot be read. Restore a backup of the profile.`,
      { cause },
    );
  }
}
