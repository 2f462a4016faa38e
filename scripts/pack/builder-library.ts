/** electron-builder's own libraries, reached from where it has them, since they are not our dependencies. */
import { createRequire } from 'node:module';
import { z } from 'zod';

const builder = createRequire(import.meta.url).resolve('electron-builder');
const packer = createRequire(builder).resolve('app-builder-lib');

/** What electron-builder accepts in its configuration, as a JSON schema. */
export function builderSchema(): unknown {
  const schema: unknown = createRequire(packer)('app-builder-lib/scheme.json');
  return schema;
}

/** A function of a library that has no schema of its own, called without knowing its types. */
export function fromBuilder(
  module: string,
  name: string,
): (...args: readonly unknown[]) => unknown {
  const loaded = z.record(z.string(), z.unknown()).parse(createRequire(packer)(module));
  const value = loaded[name];
  if (typeof value !== 'function') throw new Error(`${module} has no ${name}.`);
  return (...args) => {
    const result: unknown = Reflect.apply(value, undefined, args);
    return result;
  };
}
