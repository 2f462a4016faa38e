/** A process that hears one pair until its input ends, closes the feed, and should then have nothing left to do. */

import { createCcxtFeed } from '../../public-feed.ts';

const [rest = '', streamServer = ''] = process.argv.slice(2);

const feed = createCcxtFeed({
  clock: {
    now: Date.now,
    setTimer: (ms, fire) => {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  },
  random: Math.random,
  fetch: (url, init) => {
    const { pathname, search } = new URL(url);
    return fetch(`${rest}${pathname}${search}`, init);
  },
  requestGapMs: 1,
  streamServer,
});

feed.subscribe({ quotes: ['BTC/USDT'], bars: [] }, ({ kind }) => {
  process.stdout.write(`${kind}\n`);
});
process.stdin.once('end', () => feed.close()).resume();
