/** Ends the process with a sentence where Node is too old to run the app; loaded before everything else. */

// Plain JavaScript that Node 20 can read: it runs where nothing newer would.
const MINIMUM = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [leastMajor = 0, leastMinor = 0] = MINIMUM;

if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(
    `CryptoPiggy needs Node.js ${MINIMUM.join('.')} or later on this system; this is ${process.versions.node} ` +
      `(${process.execPath}). Install a current one from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
