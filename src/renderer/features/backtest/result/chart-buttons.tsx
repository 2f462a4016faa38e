/** Moves and zooms the candle chart, and leads back to all of it. */

import { Button } from '@mantine/core';
import { IconArrowAutofitWidth } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { ChartSteps, type ChartSteering } from '../../../ui/candles/chart-steps.tsx';

interface ChartButtonsProps {
  readonly chart: RefObject<ChartSteering | null>;
  readonly onWholeRange: () => void;
}

export function ChartButtons({ chart, onWholeRange }: ChartButtonsProps) {
  return (
    <>
      <ChartSteps chart={chart} />
      <Button
        variant="default"
        leftSection={<IconArrowAutofitWidth size={14} aria-hidden="true" />}
        onClick={() => {
          onWholeRange();
          chart.current?.showAll();
        }}
      >
        Whole range
      </Button>
    </>
  );
}
