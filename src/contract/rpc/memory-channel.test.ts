import { describeTransport } from './conformance.ts';
import { createMemoryChannels } from './memory-channel.ts';
import { serveContract } from './server.ts';
import { fixtureTable } from './conformance/fixture.ts';

describeTransport('memory', async (fixture) => {
  const { window, app } = createMemoryChannels(structuredClone);
  serveContract(fixtureTable, fixture.handlers, app, fixture.reporting);
  return { channel: window, stopApp: () => app.close(), dispose: () => {} };
});
