import { describeExchange } from '../conformance/exchange-conformance.ts';
import { inSqlite } from './testing/reopened-stores.ts';
import { BarStage, QuoteStage } from './testing/simulated-stage.ts';

describeExchange('the simulated exchange on quotes', 'pair', async () => new QuoteStage());
describeExchange('the simulated exchange on bars', 'pair', async () => new BarStage());
describeExchange('the simulated exchange on quotes, in SQLite', 'pair', async () => {
  const open = await inSqlite();
  return new QuoteStage({ store: await open() });
});
describeExchange('the simulated exchange on bars, in SQLite', 'pair', async () => {
  const open = await inSqlite();
  return new BarStage({ store: await open() });
});
