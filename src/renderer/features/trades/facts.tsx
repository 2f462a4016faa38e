/** What is known of one thing, name and value in a row each. */

import type { ReactNode } from 'react';

interface FactsProps {
  readonly label: string;
  readonly facts: Readonly<Record<string, ReactNode>>;
}

export function Facts({ label, facts }: FactsProps) {
  return (
    <dl className="story-facts" aria-label={label}>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} className="story-fact">
          <dt className="quiet">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
