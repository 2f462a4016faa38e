/** What the disk says while candles are kept, in words. */

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room',
  EDQUOT: "the disk's quota is used up; make room",
  EFBIG: 'a file would become larger than is allowed; raise the limit',
  EACCES: 'there is no permission to write there; change it, or choose another folder',
  EPERM: 'there is no permission to write there; change it, or choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOTDIR: 'a part of the path is not a folder; choose another one',
  EEXIST: 'a file stands where a folder is needed; choose another one',
  EMFILE: 'too many files are open; close some programs',
  EIO: 'the disk reports an error; look after it',
};

/** SQLite's result codes for a lock's file that cannot be written (sqlite.org/rescode.html). */
const SQLITE_REASONS: Readonly<Record<number, string>> = {
  8: 'there is no permission to write there; change it, or choose another folder',
  10: 'the disk reports an error; look after it',
  13: 'the disk is full; make room',
  14: 'there is no permission to write there; change it, or choose another folder',
};

/** What is wrong and what to do about it; `null` for an error that is not the disk's. */
export function diskProblem(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return SQLITE_REASONS[error.errcode & 0xff] ?? null;
  }
  if (!('syscall' in error) || !('code' in error)) return null;
  return REASONS[String(error.code)] ?? `the disk answers ${String(error.code)}; look after it`;
}
