/** Packs the built app as electron-builder.yml says, without Electron's program, which need not be there for it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fromBuilder } from './builder-library.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** How long electron-builder may take, in ms. */
const PACKED_WITHIN = 120_000;

/**
 * Where a program keeps its fuses (@electron/fuses): this text, a version, a count, and a digit for each. Each stands as
 * electron-builder.yml does not want it; the last is one that electron-builder does not know.
 */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.of(1, 9),
  Buffer.from('101100111'),
]);

/** What of Electron's folder electron-builder looks at: the program's fuses, and its languages. */
function standInForElectron(folder: string): string {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  for (const language of ['de', 'en-GB', 'en-US', 'fr']) {
    writeFileSync(path.join(folder, 'locales', `${language}.pak`), '');
  }
  writeFileSync(path.join(folder, 'electron'), FUSES, { mode: 0o755 });
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) {
    writeFileSync(path.join(folder, file), '');
  }
  return folder;
}

function electronVersion(): string {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { devDependencies } = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(text));
  return devDependencies.electron;
}

export interface PackedFile {
  /** Below the app's folder, with `/`. */
  readonly path: string;
  readonly isUnpacked: boolean;
  /** What Electron checks it against, where it checks; hexadecimal. */
  readonly sha256: string;
}

export interface PackedApp {
  readonly archive: string;
  readonly files: readonly PackedFile[];
  /** Of Chromium's texts. */
  readonly languages: readonly string[];
  /** Where an installed app looks for its updates, as electron-builder wrote it. */
  readonly updateSource: unknown;
  /** The program's fuses in their order, `1` for one that is on. */
  readonly fuses: string;
  /** Puts the packed files, unpacked ones included, into a folder. */
  readonly extract: (folder: string) => void;
}

/** @param folder - Empty; of the caller. */
export function packApp(folder: string): PackedApp {
  const electron = standInForElectron(path.join(folder, 'electron'));
  // The same system everywhere: only for Linux does electron-builder take a program that is none.
  const args = ['--linux', 'dir', '--x64', '--publish', 'never'];
  const settings = [
    `-c.electronDist=${electron}`,
    `-c.electronVersion=${electronVersion()}`,
    `-c.directories.output=${path.join(folder, 'out')}`,
    // Else they are those of the Git remote, which not every checkout has.
    '-c.publish.owner=somebody',
    '-c.publish.repo=cryptopiggy',
  ];
  const cli = path.join(root, 'node_modules/electron-builder/cli.js');
  const run = spawnSync(process.execPath, [cli, ...args, ...settings], {
    cwd: root,
    encoding: 'utf8',
    timeout: PACKED_WITHIN,
  });
  if (run.status !== 0) throw new Error(`electron-builder failed:\n${run.stdout}${run.stderr}`);
  return packedIn(path.join(folder, 'out', 'linux-unpacked'));
}

function packedIn(folder: string): PackedApp {
  const archive = path.join(folder, 'resources', 'app.asar');
  const program = readFileSync(path.join(folder, 'cryptopiggy'));
  const source = readFileSync(path.join(folder, 'resources', 'app-update.yml'), 'utf8');
  const fuses = program.indexOf(FUSES.subarray(0, 32)) + 34;
  return {
    archive,
    files: filesOf(archive),
    updateSource: fromBuilder('js-yaml', 'load')(source),
    languages: readdirSync(path.join(folder, 'locales')),
    fuses: program.toString('latin1', fuses, fuses + 9),
    extract: (target) => void fromBuilder('@electron/asar', 'extractAll')(archive, target),
  };
}

const Entry = z.union([
  z.object({ files: z.record(z.string(), z.unknown()) }),
  z.object({
    unpacked: z.literal(true).optional(),
    integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
  }),
]);

function filesOf(archive: string): readonly PackedFile[] {
  const { header } = z
    .object({ header: z.unknown() })
    .parse(fromBuilder('@electron/asar', 'getRawHeader')(archive));
  return [...listed(header, '')];
}

function* listed(raw: unknown, at: string): Generator<PackedFile> {
  const entry = Entry.parse(raw);
  if (!('files' in entry)) {
    const { unpacked, integrity } = entry;
    yield { path: at, isUnpacked: unpacked === true, sha256: integrity.hash };
    return;
  }
  for (const [name, inner] of Object.entries(entry.files)) {
    yield* listed(inner, at === '' ? name : `${at}/${name}`);
  }
}
