/** What the app says of an order of real money, asked anew each time. */

import type { Contract } from '../../../contract/contract.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { entryPlan, exitPlan, refusedPlan, startPlan, type PlanAnswer } from './order-plan.ts';

type Client = ContractClient<Contract>;

/** Of what a bot holds. */
export async function readExit(client: Client, botId: string): Promise<PlanAnswer> {
  const status = await client.call('trading.status', { account: 'live' });
  if (!status.ok) return refusedPlan(status.error.sentence);
  return exitPlan(status.value.positions.find((position) => position.botId === botId));
}

export async function readStart(client: Client, botId: string): Promise<PlanAnswer> {
  const [status, rules] = await Promise.all([
    client.call('trading.status', { account: 'live' }),
    client.call('trading.rules', {}),
  ]);
  if (!status.ok) return refusedPlan(status.error.sentence);
  if (!rules.ok) return refusedPlan(rules.error.sentence);
  const bot = status.value.bots.find(({ id }) => id === botId);
  return startPlan(bot, status.value, rules.value);
}

/** The least that a test can buy now, and what the risk gate makes of it. */
export async function readTest(
  client: Client,
): Promise<{ readonly answer: PlanAnswer; readonly cost: number | null }> {
  const planned = await client.call('live.test-plan', {});
  if (!planned.ok) return { answer: refusedPlan(planned.error.sentence), cost: null };
  const { symbol, cost, raisedBecause } = planned.value;
  const exits = { limit: null, stop: null, target: null };
  const input = { account: 'live', botId: testBotOf(symbol), cost, ...exits } as const;
  const preview = await client.call('bots.preview', input);
  if (!preview.ok) return { answer: refusedPlan(preview.error.sentence), cost: null };
  const answer = entryPlan({ symbol, cost, ...exits }, preview.value);
  if (answer.kind === 'refused' || raisedBecause === null) return { answer, cost };
  const { plan } = answer;
  return {
    answer: { kind: 'plan', plan: { ...plan, notes: [raisedBecause, ...plan.notes] } },
    cost,
  };
}

/** The bot that keeps what a test bought. */
export function testBotOf(symbol: string): string {
  return `test ${symbol}`;
}
