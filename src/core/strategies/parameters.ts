/** Typed strategy parameters with ranges, so that forms, command lines and sweeps are made from one declaration. */

import { fail, ok, type Failure, type Result } from '../domain/result.ts';

interface Described {
  /** Short name for a form. */
  readonly label: string;
  /** One sentence: what it does and in which unit. */
  readonly help: string;
}

export interface NumericParameter extends Described {
  readonly kind: 'integer' | 'number';
  readonly default: number;
  /** Inclusive. */
  readonly min: number;
  /** Inclusive. */
  readonly max: number;
  /** Step of a form's spinner and of a sweep's grid. */
  readonly step: number;
}

export interface BooleanParameter extends Described {
  readonly kind: 'boolean';
  readonly default: boolean;
}

export interface ChoiceParameter extends Described {
  readonly kind: 'choice';
  readonly default: string;
  readonly options: readonly string[];
}

export type ParameterSpec = NumericParameter | BooleanParameter | ChoiceParameter;
export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;
export type ParameterValue = number | boolean | string;

type ValueOf<Spec extends ParameterSpec> = Spec extends NumericParameter
  ? number
  : Spec extends BooleanParameter
    ? boolean
    : Spec extends ChoiceParameter
      ? Spec['options'][number]
      : never;

/** The values a strategy is given: one per declared parameter, complete and within range. */
export type ParameterValues<Specs extends ParameterSpecs = ParameterSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]>;
};

type ParameterFailure = Failure<'PARAMETER_INVALID'>;

function reject(sentence: string): Result<never, ParameterFailure> {
  return fail('PARAMETER_INVALID', sentence);
}

/** Digits with a point or an exponent: what people type, not what `Number` also takes (hex, blanks). */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

function parseNumeric(
  name: string,
  spec: NumericParameter,
  given: unknown,
): Result<number, ParameterFailure> {
  const value = typeof given === 'string' && DECIMAL.test(given) ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return reject(`Parameter ${name} is "${String(given)}", but must be a number.`);
  }
  if (spec.kind === 'integer' && !Number.isInteger(value)) {
    return reject(`Parameter ${name} is ${value}, but must be a whole number.`);
  }
  if (value < spec.min || value > spec.max) {
    return reject(`Parameter ${name} is ${value}, but must be from ${spec.min} to ${spec.max}.`);
  }
  return ok(value);
}

function parseBoolean(name: string, given: unknown): Result<boolean, ParameterFailure> {
  if (given === true || given === 'true') return ok(true);
  if (given === false || given === 'false') return ok(false);
  return reject(`Parameter ${name} is "${String(given)}", but must be true or false.`);
}

function parseChoice(
  name: string,
  spec: ChoiceParameter,
  given: unknown,
): Result<string, ParameterFailure> {
  if (typeof given === 'string' && spec.options.includes(given)) return ok(given);
  return reject(
    `Parameter ${name} is "${String(given)}", but must be one of: ${spec.options.join(', ')}.`,
  );
}

function parseOne(
  name: string,
  spec: ParameterSpec,
  given: unknown,
): Result<ParameterValue, ParameterFailure> {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return parseNumeric(name, spec, given);
    case 'boolean':
      return parseBoolean(name, given);
    case 'choice':
      return parseChoice(name, spec, given);
  }
}

/**
 * Checks given values (numbers, or text from a command line) against the declaration and fills in defaults.
 * Unknown names, wrong types and values out of range are failures that name the parameter.
 */
export function parseParameters(
  specs: ParameterSpecs,
  given: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, ParameterValue>>, ParameterFailure> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      const known = Object.keys(specs).join(', ') || 'none';
      return reject(`There is no parameter "${name}". This strategy takes: ${known}.`);
    }
  }
  const values: Record<string, ParameterValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = given[name];
    const parsed = value === undefined ? ok(spec.default) : parseOne(name, spec, value);
    if (!parsed.ok) return parsed;
    values[name] = parsed.value;
  }
  return ok(values);
}
