/** What a person sets outside the window: a settings file in the data folder, then the environment, then defaults. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { VENUE_IDS } from '../../contract/live.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';

export const SETTINGS_FILE = 'settings.json';

/** One line of visible characters, as a token is; what is longer was pasted by mistake. */
const token = z
  .string()
  .trim()
  .min(8, 'must have at least 8 characters')
  .max(200, 'must have at most 200 characters')
  .regex(/^[^\s\p{Cc}]+$/u, 'must be one word, without spaces');

const onOrOff = z
  .enum(['0', '1', 'false', 'true'], 'must be 1 or 0')
  .transform((text) => text === '1' || text === 'true');

/** Every setting with its rule; `null` where nothing is set. */
const SETTINGS = {
  /** Live trading may be switched on at all. */
  ALLOW_LIVE: onOrOff.default(false),
  /**
   * An installed app looks for new versions twice a day, downloads one while nothing is open, and installs it at a
   * restart that a person asked for, or when they quit.
   */
  AUTO_UPDATE: onOrOff.default(true),
  /** The exchange that is chosen until a person chooses another. */
  EXCHANGE: z.enum(VENUE_IDS, `must be one of ${VENUE_IDS.join(', ')}`).default('binanceus'),
  /** A CryptoPiggy backend that trades for this window. */
  BACKEND_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
    .nullable()
    .default(null),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .trim()
    .regex(/^\d{5,20}:[\w-]{30,60}$/, 'must be a bot token, as in 123456:ABC…')
    .nullable()
    .default(null),
  TELEGRAM_CHAT_ID: z
    .string()
    .trim()
    .regex(/^(-?\d{1,20}|@\w{5,32})$/, 'must be a number or a name that begins with @')
    .nullable()
    .default(null),
  /** Typed to switch live mode on; without one a sentence is typed. */
  LIVE_CONFIRM_TOKEN: token.nullable().default(null),
  /** The address of an exchange simulator on this computer, in place of the exchange: for rehearsals and tests. */
  EXCHANGE_SIMULATOR_URL: z
    .url({
      protocol: /^http$/,
      hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/,
      error: 'must be an address on this computer, as in http://127.0.0.1:48123',
    })
    .nullable()
    .default(null),
} as const satisfies Readonly<Record<string, z.ZodType>>;

const schema = z.object(SETTINGS);

export type AppSettings = z.output<typeof schema>;
type Name = keyof AppSettings;

const NAMES = Object.keys(SETTINGS).filter(isName);

/** Where a value came from, for the sentence about it. */
interface Source {
  readonly describe: (name: Name) => string;
  readonly read: (name: Name) => unknown;
}

/**
 * @param dataDir absolute; the file may be missing
 * @returns the settings, or one sentence that names every setting that is wrong, without its value: it may be a secret
 */
export async function readSettings(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Result<AppSettings, Failure<'SETTINGS_INVALID'>>> {
  const path = join(dataDir, SETTINGS_FILE);
  const file = await readSettingsFile(path);
  if (!file.ok) return file;
  const fromFile: Source = {
    describe: (name) => `${name} in ${path}`,
    read: (name) => file.value[name],
  };
  const fromEnvironment: Source = {
    describe: (name) => `the environment variable ${name}`,
    // A variable that is set to nothing is how many systems unset one.
    read: (name) => environment[name] || undefined,
  };
  return merge([fromFile, fromEnvironment]);
}

/** @param sources the first that has a value counts */
function merge(sources: readonly Source[]): Result<AppSettings, Failure<'SETTINGS_INVALID'>> {
  const chosen: Partial<Record<Name, unknown>> = {};
  const described: Partial<Record<string, string>> = {};
  for (const name of NAMES) {
    const source = sources.find(({ read }) => read(name) !== undefined);
    if (source === undefined) continue;
    const value = source.read(name);
    chosen[name] = typeof value === 'string' ? value.trim() : value;
    described[name] = source.describe(name);
  }
  const parsed = schema.safeParse(chosen);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map(({ path: [name], message }) => {
    const key = String(name);
    return `${described[key] ?? key} ${message}.`;
  });
  return fail('SETTINGS_INVALID', problems.join(' '));
}

async function readSettingsFile(
  path: string,
): Promise<Result<Readonly<Record<string, unknown>>, Failure<'SETTINGS_INVALID'>>> {
  const text = await textOf(path);
  if (text === null) return ok({});
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const example = '{ "ALLOW_LIVE": "1" }';
    return invalid(`${path} must be a JSON object of texts, as in ${example}. Mend or remove it.`);
  }
  // What does not look like a setting is told by its place: a secret may have slipped to the wrong side of the colon.
  const unknown = Object.keys(parsed.data).flatMap((name, index) => {
    if (isName(name)) return [];
    return [LOOKS_LIKE_A_NAME.test(name) ? name : `entry ${index + 1}`];
  });
  if (unknown.length > 0) {
    return invalid(
      `${path} sets ${unknown.join(', ')}, which does not exist. It may set ${NAMES.join(', ')}.`,
    );
  }
  return ok(parsed.data);
}

const LOOKS_LIKE_A_NAME = /^[A-Z]{2,20}(?:_[A-Z]{2,20}){0,4}$/;

/** `ALLOW_LIVE: true` and a numeric chat id are what people write in JSON. */
const fileSchema = z.record(
  z.string(),
  z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]),
);

/** `null` where there is no such file. @throws whatever else the disk answers */
async function textOf(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, 'utf8');
    // Editors on Windows begin a file with a mark that no JSON may hold.
    return text.replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** `undefined` for what is not JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isName(name: string): name is Name {
  return Object.hasOwn(SETTINGS, name);
}

function invalid(sentence: string): Result<never, Failure<'SETTINGS_INVALID'>> {
  return fail('SETTINGS_INVALID', sentence);
}
