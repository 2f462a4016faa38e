/** Checks the installers' configuration offline: electron-builder itself looks at it only when it packs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '..');

// electron-builder's own libraries, reached from where it has them, since they are not our dependencies.
const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));

/** A function or class of a library that has no schema of its own, called without knowing its types. */
function load(module: string, name: string): (...args: readonly unknown[]) => unknown {
  const loaded = z.record(z.string(), z.unknown()).parse(fromBuilder(module));
  const value = loaded[name];
  if (typeof value !== 'function') throw new Error(`${module} has no ${name}.`);
  return (...args) => {
    const result: unknown = Reflect.apply(value, undefined, args);
    return result;
  };
}

const parseYaml = load('js-yaml', 'load');
const validate = load('app-builder-lib/out/util/config/config', 'validateConfiguration');
/** What validateConfiguration asks of its debug logger. */
const silent = { isEnabled: false, add: () => undefined };

const config = z
  .looseObject({
    asar: z.boolean(),
    files: z.array(z.string()),
    electronFuses: z.record(z.string(), z.boolean()),
  })
  .parse(parseYaml(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')));

describe('electron-builder.yml', () => {
  it('is what electron-builder accepts', async () => {
    await expect(validate(config, silent)).resolves.toBeUndefined();
  });

  it('would not be accepted with a word that electron-builder does not know', async () => {
    await expect(validate({ ...config, asarr: true }, silent)).rejects.toThrow('asarr');
  });

  it('packs the bundles and the package.json that names the entry, and nothing else', () => {
    expect(config.files).toEqual(['dist/**', 'package.json', '!node_modules']);
    expect(config.asar).toBe(true);
    const { main } = z
      .object({ main: z.string() })
      .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    expect(main).toBe('dist/main/main.js');
  });

  it('blows the fuses that would let others run code as the app', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
  });
});
