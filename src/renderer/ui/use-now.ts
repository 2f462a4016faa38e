/** The time, told again and again: for ages that grow on the screen. */

import { useEffect, useState } from 'react';

/** @param everyMs how often it is told @returns ms UTC */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
