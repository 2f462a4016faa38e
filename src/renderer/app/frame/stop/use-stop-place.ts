/** Keeps the place of the emergency stop free: whatever lies over the screen begins below the bar that holds it. */

import { useEffect, useRef, type RefObject } from 'react';

/** @param edge where the bar is */
export function useStopPlace(edge: 'top' | 'bottom'): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = bar.current;
    if (element === null) return;
    const name = `--stop-${edge}`;
    const { style } = document.documentElement;
    const measure = (): void => style.setProperty(name, `${element.offsetHeight}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      style.removeProperty(name);
    };
  }, [edge]);
  return bar;
}
