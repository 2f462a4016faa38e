/**
 * Stryker's runner for vitest, asked for whole files.
 *
 * Stryker names a test by its groups and its name with spaces between them, vitest 5 with " > ": asked for single tests
 * by name, every test inside a `describe` is left out and its mutants live on without having been tried. A file's tests
 * are asked for instead, each file in which a test has reached the mutant; more tests than needed are run, never fewer.
 */
import {
  commonTokens,
  declareFactoryPlugin,
  PluginKind,
  tokens,
  type Injector,
  type PluginContext,
} from '@stryker-mutator/api/plugin';
import type {
  DryRunOptions,
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestRunner,
  TestRunnerCapabilities,
} from '@stryker-mutator/api/test-runner';
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';

export class VitestByFile implements TestRunner {
  readonly #vitest: TestRunner;

  constructor(vitest: TestRunner) {
    this.#vitest = vitest;
  }

  capabilities(): Promise<TestRunnerCapabilities> | TestRunnerCapabilities {
    return this.#vitest.capabilities();
  }

  async init(): Promise<void> {
    await this.#vitest.init?.();
  }

  dryRun(options: DryRunOptions): Promise<DryRunResult> {
    return this.#vitest.dryRun(options);
  }

  mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, ...rest } = options;
    return this.#vitest.mutantRun(
      testFilter === undefined ? rest : { ...rest, testFilter: filesOf(testFilter) },
    );
  }

  async dispose(): Promise<void> {
    await this.#vitest.dispose?.();
  }
}

/** @param testIds the runner's ids, "file#groups name". @returns one id of each file, with the name that every test has. */
export function filesOf(testIds: readonly string[]): string[] {
  return [...new Set(testIds.map((id) => `${id.slice(0, id.indexOf('#'))}#`))];
}

function createVitestByFile(injector: Injector<PluginContext>): VitestByFile {
  const [plugin] = vitestPlugins;
  if (plugin === undefined) throw new Error('Stryker brings no runner for vitest.');
  return new VitestByFile(plugin.factory(injector));
}
createVitestByFile.inject = tokens(commonTokens.injector);

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'vitest-by-file', createVitestByFile),
];
