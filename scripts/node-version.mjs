/** Ends the process with a sentence where Node is too old to run the app; loaded before everything else. */

// Plain JavaScript that Node 20 can read: it runs where nothing newer would.
const MINIMUM = 24;

if (Number.parseInt(process.versions.node, 10) < MINIMUM) {
  console.error(
    `CryptoPiggy needs Node.js ${MINIMUM} or later on this system; this is ${process.versions.node} ` +
      `(${process.execPath}). Install a current one from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
