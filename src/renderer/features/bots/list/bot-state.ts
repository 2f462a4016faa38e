/** What a bot is doing, in a word and a sentence, and what can be asked of it. */

import type { BotStatusLine } from '../bot-of.ts';

export interface BotState {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
  readonly sentence: string;
}

export type BotOrder = 'start' | 'pause' | 'stop';

export function stateOf({ status, error, isWarm, settings }: BotStatusLine): BotState {
  switch (status) {
    case 'running':
      if (!isWarm) return WAITING;
      return settings.strategy === null ? BY_HAND : RUNNING;
    case 'paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: 'Opens nothing new, and still sells what it holds.',
      };
    case 'stopped':
      return { word: 'stopped', tone: 'quiet', sentence: 'Asks its strategy nothing.' };
    case 'failed':
      return {
        word: 'failed',
        tone: 'bad',
        sentence: error ?? 'Stopped by a fault of its own. Start it again.',
      };
  }
}

const RUNNING: BotState = {
  word: 'running',
  tone: 'good',
  sentence: 'Opens and closes positions as its strategy says.',
};

const BY_HAND: BotState = {
  word: 'running',
  tone: 'good',
  sentence: 'Takes orders by hand, and watches what it holds.',
};

const WAITING: BotState = {
  word: 'waiting for history',
  tone: 'warn',
  sentence: 'Decides nothing until its indicators have all the bars they need.',
};

/** What can be asked of it now, in the order of its buttons. */
export function ordersFor(status: BotStatusLine['status']): readonly BotOrder[] {
  switch (status) {
    case 'running':
      return ['pause', 'stop'];
    case 'paused':
      return ['start', 'stop'];
    case 'stopped':
    case 'failed':
      return ['start'];
  }
}
