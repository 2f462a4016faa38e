/**
 * The one question before real money moves: how much, at which price, and what the risk gate makes of it. What is shown is
 * read once more when it is confirmed; where it is not the same any more, nothing is sent and the change is told.
 */

import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { formatPrice } from '../../ui/format.ts';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { OrderPlan } from './order-plan.ts';
import { createLiveOrder, type LiveOrderOptions, type LiveOrderStore } from './live-order-store.ts';

interface LiveOrderDialogProps extends LiveOrderOptions {
  readonly title: string;
  /** The button that leaves everything as it is. */
  readonly keep: string;
  readonly onClose: () => void;
}

/** What is shown is never older, ms. */
const REFRESH_MS = 3_000;

export function LiveOrderDialog({ title, keep, read, send, onClose }: LiveOrderDialogProps) {
  const order = useOrder({ read, send });
  const { answer, change, isBusy } = useStore(order);
  const button = useRef<HTMLButtonElement>(null);
  const canConfirm = answer?.kind === 'plan';
  // Enter accepts it, once there is something to accept.
  useEffect(() => {
    if (canConfirm) button.current?.focus();
  }, [canConfirm]);
  const confirm = async (): Promise<void> => {
    if (await order.confirm()) onClose();
  };
  const leave = (): void => {
    order.leave();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={leave}
      className="danger-modal"
      title={
        <>
          <Tag tone="live">LIVE</Tag> {title}
        </>
      }
    >
      {answer === null && <LoadingPanel label="Asking the risk gate" height={80} />}
      {answer?.kind === 'refused' && (
        <div role="alert">
          <ErrorPanel title="It cannot be done now" sentence={answer.sentence} />
        </div>
      )}
      {answer?.kind === 'plan' && <Plan plan={answer.plan} />}
      <div role="alert">
        {change !== null && (
          <p className="order-change">
            {change} Nothing is sent until you confirm it as it is now.
          </p>
        )}
      </div>
      <Group className="dialog-foot" justify="flex-end" gap="sm">
        <Button variant="default" onClick={leave}>
          {keep}
        </Button>
        {answer?.kind === 'plan' && (
          <Button
            color="red.8"
            loading={isBusy}
            // The second half of a double click, and a key that is held down, confirm nothing that has changed meanwhile.
            onClick={({ detail }) => {
              if (detail < 2) void confirm();
            }}
            onKeyDown={(event) => {
              if (event.repeat) event.preventDefault();
            }}
            ref={button}
          >
            {answer.plan.confirm}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

function useOrder(options: LiveOrderOptions): LiveOrderStore {
  const [order] = useState(() => createLiveOrder(options));
  useEffect(() => {
    void order.look();
    const timer = setInterval(() => void order.look(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [order]);
  return order;
}

function Plan({ plan: { facts, price, quote, notes } }: { plan: OrderPlan }) {
  return (
    <>
      <dl className="order-facts">
        {facts.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{text}</dd>
          </div>
        ))}
        {price !== null && (
          <div>
            <dt>Price now</dt>
            <dd className="figure">
              {formatPrice(price)} {quote}
            </dd>
          </div>
        )}
      </dl>
      {notes.map((sentence) => (
        <p key={sentence} className="quiet">
          {sentence}
        </p>
      ))}
    </>
  );
}
