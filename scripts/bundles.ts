/** What a built bundle still needs from outside, and what a built page carries inline. */
import { isBuiltin } from 'node:module';
import { parseSync, Visitor } from 'vite';

/** Rolldown's own `require`, under which bundled CommonJS reaches Node. */
const REQUIRE_NAMES: ReadonlySet<string> = new Set(['require', '__require']);

/**
 * Every module that `code` names in an import, an export, an `import()` or a `require()`, without those beside it
 * (`./…`). An `import()` or `require()` of a computed name is reported as `(computed)`; a bundle should have none.
 */
export function modulesNeeded(file: string, code: string): readonly string[] {
  const { program, errors } = parseSync(file, code);
  if (errors[0] !== undefined) throw new Error(`${file} does not parse: ${errors[0].message}`);
  const names = new Set<string>();
  const note = (source: { readonly type: string; readonly value?: unknown } | null): void => {
    if (source === null) return;
    names.add(typeof source.value === 'string' ? source.value : '(computed)');
  };
  new Visitor({
    ImportDeclaration: ({ source }) => note(source),
    ExportAllDeclaration: ({ source }) => note(source),
    ExportNamedDeclaration: ({ source }) => note(source),
    ImportExpression: ({ source }) => note(source),
    CallExpression({ callee, arguments: [argument] }) {
      if (callee.type !== 'Identifier' || !REQUIRE_NAMES.has(callee.name)) return;
      if (argument !== undefined) note(argument);
    },
  }).visit(program);
  return [...names].filter((name) => !/^\.{1,2}\//.test(name)).toSorted();
}

/** What an installed app has for a bundle, beside `electron`. */
export interface Provided {
  /** Whether it runs where Node's own modules are. */
  readonly node: boolean;
  /** Modules that are packed with the app. */
  readonly packed?: readonly string[];
}

/** The modules a bundle needs that an installed app does not have for it. */
export function modulesMissing(
  needed: readonly string[],
  { node, packed = [] }: Provided,
): readonly string[] {
  const had = new Set(['electron', ...packed]);
  return needed.filter((name) => !had.has(name) && !(node && isBuiltin(name)));
}

/** The inline scripts and event handlers of a page, each as it stands there; a strict content security policy blocks them. */
export function inlineScripts(html: string): readonly string[] {
  const scripts = html.match(/<script\b[^>]*>[\s\S]*?<\/script\s*>/gi) ?? [];
  const handlers = html.match(/<[^>]*\son\w+\s*=[^>]*>/gi) ?? [];
  const links = html.match(/<[^>]*=\s*["']?\s*javascript:[^>]*>/gi) ?? [];
  const withoutSource = scripts.filter(
    (script) => !/^<script\b[^>]*\ssrc\s*=/i.test(script) || !/>\s*<\/script\s*>$/i.test(script),
  );
  return [...withoutSource, ...handlers, ...links];
}
