/** A value that changes often, passed on at most every so often; the last one always comes. */

import { useEffect, useRef, useState } from 'react';

/** @param everyMs at most once in this time */
export function usePaced<T>(value: T, everyMs: number): T {
  const [passed, setPassed] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + everyMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setPassed(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return passed;
}
