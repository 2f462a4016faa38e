/** What a panel shows when it has nothing to show: loading, empty, failed. */

import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Grey bars in the place of what is coming. */
export function LoadingPanel({ label, height = 240 }: { label: string; height?: number }) {
  return (
    <div className="state-loading" role="status" aria-label={label} aria-busy="true">
      <Skeleton height={16} width="32%" />
      <Skeleton height={height} mt="md" />
    </div>
  );
}

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
  /** One button at most. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="state-empty">
      <div className="state-empty-icon" aria-hidden="true">
        {icon}
      </div>
      <h3>{title}</h3>
      <p className="quiet">{children}</p>
      {action}
    </div>
  );
}

interface ErrorPanelProps {
  /** What happened. */
  readonly title: string;
  /** What to do: the app's own sentence. */
  readonly sentence: string;
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
  readonly onDismiss?: () => void;
}

/** Stays until it is dismissed or what failed succeeds. */
export function ErrorPanel({
  title,
  sentence,
  onRetry,
  retryLabel = 'Try again',
  onDismiss,
}: ErrorPanelProps) {
  return (
    <Alert
      className="state-error"
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={title}
      withCloseButton={onDismiss !== undefined}
      closeButtonLabel="Dismiss"
      {...(onDismiss === undefined ? {} : { onClose: onDismiss })}
    >
      <p>{sentence}</p>
      {onRetry !== undefined && (
        <Button variant="default" mt="sm" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </Alert>
  );
}
