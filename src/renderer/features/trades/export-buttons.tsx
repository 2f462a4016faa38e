/** Takes an account's books out as files. */

import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { AccountKind } from '../../../contract/trading.ts';
import { useServices } from '../../app/services.tsx';
import { download } from '../../ui/download.ts';

interface ExportButtonsProps {
  readonly account: AccountKind;
  /** `null` for the current one. */
  readonly accountId: number | null;
}

const FILES = [
  { format: 'trades-csv', label: 'Trades (CSV)' },
  { format: 'tax-csv', label: 'Tax (CSV)' },
] as const;

export function ExportButtons({ account, accountId }: ExportButtonsProps) {
  const { tradingActions } = useServices();
  const take = async (format: (typeof FILES)[number]['format']): Promise<void> => {
    const input = { account, accountId, format } as const;
    const file = await tradingActions.ask('Nothing was exported', 'trading.export', input);
    if (file !== null) download(file);
  };
  return (
    <Group gap="xs">
      {FILES.map(({ format, label }) => (
        <Button
          key={format}
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={() => void take(format)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}
