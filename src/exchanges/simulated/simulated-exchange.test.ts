import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStorage } from '../../app/storage/sqlite-storage.ts';
import { temporaryFolder } from '../../app/storage/testing/temporary-folder.ts';
import { describeExchange } from '../conformance/exchange-conformance.ts';
import type { SimulatedStore } from './simulated-store.ts';
import { BarStage, QuoteStage } from './testing/simulated-stage.ts';

async function sqliteStore(): Promise<SimulatedStore> {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const { storage } = await openSqliteStorage({ path, now: 0 });
  onTestFinished(() => storage.close());
  const { id } = storage.paper.begin({ venue: 'A recording', orderPrefix: 'p' }, 0);
  return storage.paper.simulated(id);
}

describeExchange('the simulated exchange on quotes', 'pair', async () => new QuoteStage());
describeExchange('the simulated exchange on bars', 'pair', async () => new BarStage());
describeExchange('the simulated exchange on quotes, in SQLite', 'pair', async () => {
  return new QuoteStage({ store: await sqliteStore() });
});
describeExchange('the simulated exchange on bars, in SQLite', 'pair', async () => {
  return new BarStage({ store: await sqliteStore() });
});
