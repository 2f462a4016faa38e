/** What a person asks of the bots of an account. */

import { assertNever } from '../domain/assert-never.ts';
import type { CommandEvent } from '../events.ts';
import type { LiveBots } from '../live-bots.ts';
import type { Bot, BotSetup } from './bot.ts';
import type { Roster } from './roster.ts';

export interface CommandParts {
  readonly bots: Roster;
  readonly liveBots: LiveBots;
  addBot(setup: BotSetup): void;
  /** A bot's status may have changed. */
  changed(botId: string): void;
  removed(botId: string): void;
}

/** @throws Error where the bot does not exist, or is removed while it holds something */
export function command(event: CommandEvent, parts: CommandParts): void {
  const { bots, liveBots, addBot, changed } = parts;
  if (event.kind === 'bot-added') {
    addBot(liveBots.create(event.config, event.instrument));
    return changed(event.config.id);
  }
  const bot = bots.get(event.botId);
  switch (event.kind) {
    case 'bot-started':
      bot.setStatus('running');
      return changed(event.botId);
    case 'bot-paused':
      bot.setStatus('paused');
      return changed(event.botId);
    case 'bot-stopped':
      bot.setStatus('stopped');
      return changed(event.botId);
    case 'bot-removed':
      return remove(bot, parts);
    case 'position-close':
      return bot.leave('manual');
    case 'exit-adopted':
      return bot.adoptExit(event.order);
    case 'position-written-off':
      return bot.writeOff();
    case 'position-kept':
      return bot.keepPosition();
    case 'entry-by-hand':
      return bot.enterByHand(event);
    default:
      return assertNever(event);
  }
}

function remove({ setup: { id }, isIdle }: Bot, { bots, liveBots, removed }: CommandParts): void {
  if (!isIdle) throw new Error(`The bot ${id} has a position or an order and was removed.`);
  bots.remove(id);
  liveBots.remove(id);
  removed(id);
}
