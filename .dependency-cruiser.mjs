/** Which folder may import what (docs/architecture.md); any other import fails the build. */

/** Tests and what only tests import: free to reach across layers and to use the test libraries. */
const testing = String.raw`\.(test|soak)\.tsx?$|\.testing\.tsx?$|/testing/|/conformance(/|\.ts$)`;

/** @param {...string} names */
const fromPackage = (...names) => `^node_modules/(${names.join('|')})/`;
const electron = fromPackage('electron');
const updater = fromPackage('electron-updater');

const uiLibraries = fromPackage(
  '@fontsource-variable/[^/]+',
  '@mantine/[^/]+',
  '@tabler/icons-react',
  '@tanstack/[^/]+',
  '@types/react(-dom)?',
  'get-nonce',
  'lightweight-charts',
  'react',
  'react-dom',
  'recharts',
  'vite',
  'zod',
  'zustand',
);

/**
 * A folder and the only paths that its modules may import.
 * @param {string} folder
 * @param {readonly string[]} allowed
 * @param {string} comment
 */
const onlyImports = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${folder}/`, pathNot: testing },
  to: { pathNot: [`^src/${folder}/`, ...allowed] },
});

/**
 * As `onlyImports`, for code that runs in Node and ships unbundled: Node and runtime dependencies too.
 * @param {string} folder
 * @param {readonly string[]} allowed
 * @param {string} comment
 */
const onlyImportsInNode = (folder, allowed, comment) => {
  const rule = onlyImports(folder, allowed, comment);
  return { ...rule, to: { ...rule.to, dependencyTypesNot: ['core', 'npm'] } };
};

export default {
  forbidden: [
    onlyImports('core', [], 'core is pure: it imports nothing but core.'),
    {
      name: 'only-risk-approves',
      severity: 'error',
      comment: 'An approved order is what an exchange accepts: the risk gate alone may make one.',
      from: { pathNot: '^src/core/risk/' },
      to: { path: '^src/core/risk/approve[.]ts$' },
    },
    onlyImports(
      'contract',
      ['^src/core/domain/', fromPackage('zod', '@msgpack/msgpack')],
      'The contract names the domain and describes it with zod; it runs in every environment.',
    ),
    onlyImports(
      'exchanges',
      ['^src/core/', fromPackage('ccxt')],
      'An exchange knows core and its own SDK.',
    ),
    onlyImportsInNode(
      'app',
      ['^src/(core|exchanges|contract)/'],
      'app is composition in plain Node: no Electron, no window.',
    ),
    onlyImportsInNode(
      'cli',
      ['^src/(app|core|contract)/'],
      'The command line is a thin shell over app.',
    ),
    onlyImportsInNode(
      'backend',
      ['^src/(app|core|contract)/'],
      'The server is a thin shell over app.',
    ),
    {
      ...onlyImports('main', [], 'main is a thin shell over app.'),
      to: {
        pathNot: ['^src/(main|app|contract)/', electron, updater],
        dependencyTypesNot: ['core'],
      },
    },
    onlyImports(
      'preload',
      ['^src/contract/', electron],
      'The preload is made from the contract alone.',
    ),
    onlyImports(
      'renderer',
      [
        '^src/contract/',
        '^src/core/(domain|backtest)/',
        '^src/core/strategies/parameters\\.ts$',
        uiLibraries,
      ],
      'The window talks to the app through the contract only.',
    ),
    {
      name: 'renderer-backtest-types-only',
      severity: 'error',
      comment: 'The window draws a report; it does not run a backtest.',
      from: { path: '^src/renderer/', pathNot: testing },
      to: { path: '^src/core/backtest/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'electron-only-in-its-shell',
      severity: 'error',
      comment: 'Importing electron in plain Node downloads its program; tests are no exception.',
      from: { pathNot: '^src/(main|preload)/' },
      to: { path: electron },
    },
    {
      name: 'electron-types-only-in-tests',
      severity: 'error',
      comment: 'A test runs in plain Node, where importing electron downloads its program.',
      from: { path: testing },
      to: { path: electron, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-testing-code-in-the-product',
      severity: 'error',
      comment: 'What only tests need must not ship.',
      from: { path: '^src/', pathNot: testing },
      to: {
        path: `${testing}|^(scripts|e2e)/|${fromPackage('vitest', 'fast-check', 'playwright-core')}`,
      },
    },
    {
      name: 'simulator-knows-no-engine',
      severity: 'error',
      comment: 'A simulator that shared our code would share our mistakes.',
      from: { path: '^e2e/(exchange|kraken)-simulator/' },
      to: { path: '^(src|scripts)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Modules that import each other are one module in two files.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The import names no file and no installed package.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Type-only imports count: they vanish when compiled, but they are knowledge of the other side.
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'style'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
