/** The form for a new bot, in a window of its own. */

import { Modal } from '@mantine/core';
import type { TradingStatus } from '../../../../contract/trading.ts';
import { useAsked } from '../../../app/use-asked.ts';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { BotForm } from './bot-form.tsx';

interface NewBotDialogProps {
  readonly status: TradingStatus;
  readonly onClose: () => void;
  readonly onAdded: (botId: string) => void;
}

export function NewBotDialog(props: NewBotDialogProps) {
  const { status, onClose } = props;
  const { answer, reload } = useAsked('trading.rules', {}, '');
  const where = status.mode === 'live' ? 'with real money' : 'on paper';
  return (
    <Modal opened onClose={onClose} title={`New bot ${where}`} size="lg" className="bot-dialog">
      {answer.status === 'loading' && <LoadingPanel label="Loading the symbols" height={320} />}
      {answer.status === 'failed' && (
        <ErrorPanel
          title="The symbols cannot be shown"
          sentence={answer.error.sentence}
          onRetry={reload}
        />
      )}
      {answer.status === 'ready' && <BotForm {...props} rules={answer.value} />}
    </Modal>
  );
}
