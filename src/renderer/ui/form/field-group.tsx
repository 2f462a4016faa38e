/** Fields that belong together, under one small heading. */

import type { ReactNode } from 'react';

interface FieldGroupProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function FieldGroup({ title, action, children }: FieldGroupProps) {
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      {action !== undefined && <div className="field-group-action">{action}</div>}
      {children}
    </fieldset>
  );
}
