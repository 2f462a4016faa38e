/** Checks the installers' configuration offline: electron-builder itself looks at it only when it packs. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builderSchema, fromBuilder } from './pack/builder-library.ts';

const root = path.join(import.meta.dirname, '..');

const parseYaml = fromBuilder('js-yaml', 'load');
const validate = fromBuilder('app-builder-lib/out/util/config/config', 'validateConfiguration');
/** What validateConfiguration asks of its debug logger. */
const silent = { isEnabled: false, add: () => undefined };

const config = z
  .looseObject({
    asar: z.object({ smartUnpack: z.boolean() }),
    asarUnpack: z.array(z.string()),
    files: z.array(z.string()),
    electronFuses: z.record(z.string(), z.boolean()),
    win: z.looseObject({ icon: z.string(), target: z.string() }),
    mac: z.looseObject({
      icon: z.string(),
      target: z.array(z.string()),
      hardenedRuntime: z.boolean(),
      notarize: z.boolean(),
      entitlements: z.string(),
      entitlementsInherit: z.string(),
    }),
    linux: z.looseObject({ icon: z.string(), target: z.array(z.string()) }),
    publish: z.strictObject({ provider: z.string(), releaseType: z.string() }),
  })
  .parse(parseYaml(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')));

/** What asks for a secret or a place in electron-builder's options; each belongs into the environment. */
const NOT_HERE = /password|token|apikey|identity|certificate|cscLink|owner|host|url/i;

function knownFuses(): readonly string[] {
  const { definitions } = z
    .looseObject({
      definitions: z.looseObject({
        FuseOptionsV1: z.looseObject({ properties: z.record(z.string(), z.unknown()) }),
      }),
    })
    .parse(builderSchema());
  return Object.keys(definitions.FuseOptionsV1.properties).toSorted();
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

describe('electron-builder.yml', () => {
  it('is what electron-builder accepts', async () => {
    await expect(validate(config, silent)).resolves.toBeUndefined();
  });

  it('would not be accepted with a word that electron-builder does not know', async () => {
    await expect(validate({ ...config, asarr: true }, silent)).rejects.toThrow('asarr');
  });

  it("packs the bundles, the window's and the tray's marks and the keychain's library, and nothing else", () => {
    expect(config.files).toEqual([
      'dist/**',
      'package.json',
      'assets/tray/*.png',
      'assets/icons/linux/256x256.png',
      '!node_modules/!(@napi-rs)/**',
      '!node_modules/@napi-rs/!(keyring*)/**',
      '!node_modules/@napi-rs/keyring/keytar.js',
    ]);
    expect(config.asar).toEqual({ smartUnpack: false });
    expect(config.asarUnpack).toEqual(['node_modules/@napi-rs/keyring-*/*.node']);
  });

  it('names an entry that is among the bundles', () => {
    const { main } = z
      .object({ main: z.string() })
      .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    expect(main).toBe('dist/main/main.js');
  });

  it.each([config.win.icon, config.mac.icon, config.linux.icon, config.mac.entitlements])(
    'finds %s',
    (file) => {
      expect(existsSync(path.join(root, file))).toBe(true);
    },
  );

  it("allows V8's compiler and nothing else on a Mac, in the app and its helper programs", () => {
    const { hardenedRuntime, notarize, entitlements, entitlementsInherit } = config.mac;
    expect({ hardenedRuntime, notarize }).toEqual({ hardenedRuntime: true, notarize: true });
    expect(entitlementsInherit).toBe(entitlements);
    const plist = readFileSync(path.join(root, entitlements), 'utf8');
    expect([...plist.matchAll(/<key>([^<]*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  });

  it('names no secret and no place: signing and publishing take them from elsewhere', () => {
    expect(config.publish.provider).toBe('github');
    expect(namesIn(config).filter((name) => NOT_HERE.test(name))).toEqual([]);
  });

  it('makes what each system updates itself from, with its list and its checks', () => {
    expect(config.win.target).toBe('nsis');
    expect(config.mac.target).toContain('zip');
    expect(config.linux.target).toContain('AppImage');
    // Either of them would leave an installed app with no list, or with a list that it takes on trust.
    const checks = ['publishAutoUpdate', 'verifyUpdateCodeSignature', 'differentialPackage'];
    expect(namesIn(config).filter((name) => checks.includes(name))).toEqual([]);
  });

  it('has the workflow put into a release what updates are made of', () => {
    const workflow = readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8');
    const upload = workflow.split('\n').find((line) => line.includes('gh release upload')) ?? '';
    for (const kind of ['exe', 'zip', 'AppImage', 'dmg', 'deb', 'blockmap']) {
      expect(upload).toContain(`release/*.${kind}`);
    }
    expect(upload).toContain('release/latest*.yml');
  });

  it('names every fuse there is, and blows those that would let others run code as the app', () => {
    expect(Object.keys(config.electronFuses).toSorted()).toEqual(knownFuses());
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
  });
});
