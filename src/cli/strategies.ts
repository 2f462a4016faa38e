/** `piggy strategies`: what can be backtested, and with which parameters. */

import type { Command } from 'commander';
import { strategies, type RegisteredStrategy } from '../core/strategies/registry.ts';
import type { ParameterSpec } from '../core/strategies/parameters.ts';

export function registerStrategies(program: Command): void {
  program
    .command('strategies')
    .description('Lists the strategies and their parameters.')
    .action(() => {
      process.stdout.write(`${strategies.map(describe).join('\n\n')}\n`);
    });
}

function describe({ name, summary, parameters }: RegisteredStrategy): string {
  const lines = Object.entries(parameters).map(([parameter, spec]) => describeOne(parameter, spec));
  return [name, `  ${summary}`, ...lines].join('\n');
}

function describeOne(name: string, spec: ParameterSpec): string {
  return `  --param ${`${name}=${spec.default}`.padEnd(16)} ${rangeOf(spec)}. ${spec.help}`;
}

function rangeOf(spec: ParameterSpec): string {
  switch (spec.kind) {
    case 'integer':
      return `whole number, ${spec.min} to ${spec.max}`;
    case 'number':
      return `number, ${spec.min} to ${spec.max}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${spec.options.join(', ')}`;
  }
}
