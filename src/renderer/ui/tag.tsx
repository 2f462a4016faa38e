/** A word in a box, with a tone: for states that stand in a row of text. */

import type { ReactNode } from 'react';

interface TagProps {
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet' | 'paper' | 'live';
  readonly children: ReactNode;
}

export function Tag({ tone, children }: TagProps) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
