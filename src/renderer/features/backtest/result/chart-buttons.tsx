/** Moves and zooms the candle chart without a pointer's wheel or drag. */

import { ActionIcon, Button } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconChevronLeft,
  IconChevronRight,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { ChartSteering } from './candle-chart.tsx';

interface ChartButtonsProps {
  readonly chart: RefObject<ChartSteering | null>;
  readonly onWholeRange: () => void;
}

const STEPS = [
  { name: 'Earlier', icon: IconChevronLeft, act: (chart: ChartSteering) => chart.pan(-0.3) },
  { name: 'Later', icon: IconChevronRight, act: (chart: ChartSteering) => chart.pan(0.3) },
  { name: 'Zoom out', icon: IconZoomOut, act: (chart: ChartSteering) => chart.zoom(1.6) },
  { name: 'Zoom in', icon: IconZoomIn, act: (chart: ChartSteering) => chart.zoom(0.6) },
] as const;

export function ChartButtons({ chart, onWholeRange }: ChartButtonsProps) {
  return (
    <>
      <div className="chart-buttons" role="group" aria-label="Move and zoom the chart">
        {STEPS.map(({ name, icon: Icon, act }) => (
          <ActionIcon
            key={name}
            aria-label={name}
            title={name}
            onClick={() => {
              if (chart.current !== null) act(chart.current);
            }}
          >
            <Icon size={16} />
          </ActionIcon>
        ))}
      </div>
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
