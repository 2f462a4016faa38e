/** Holds back what is costly to draw, so that a screen comes in several frames of which none is long. */

import { useEffect, useState, type ReactNode } from 'react';

interface LaterFrameProps {
  /** How many frames to wait: of several costly things each waits for another. */
  readonly frames: number;
  /** Must take the room of what is to come. */
  readonly meanwhile: ReactNode;
  readonly children: ReactNode;
}

export function LaterFrame({ frames, meanwhile, children }: LaterFrameProps) {
  const [left, setLeft] = useState(frames);
  useEffect(() => {
    if (left === 0) return;
    const frame = requestAnimationFrame(() => setLeft(left - 1));
    return () => cancelAnimationFrame(frame);
  }, [left]);
  return left === 0 ? children : meanwhile;
}
