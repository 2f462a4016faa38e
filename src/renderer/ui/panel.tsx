/** A titled box: every group of figures, chart or table sits in one. */

import { useId, type ReactNode } from 'react';

interface PanelProps {
  readonly title: string;
  /** A quieter line beside the title. */
  readonly note?: ReactNode;
  /** Controls at the right of the title. */
  readonly actions?: ReactNode;
  /** Lets the content reach the border: tables and charts. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  const titleId = useId();
  return (
    <section className="panel" aria-labelledby={titleId}>
      <header className="panel-head">
        <h3 id={titleId}>{title}</h3>
        {note !== undefined && <span className="quiet panel-note">{note}</span>}
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </header>
      <div className={flush ? 'panel-body panel-body-flush' : 'panel-body'}>{children}</div>
    </section>
  );
}
