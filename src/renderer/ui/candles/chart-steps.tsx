/** Moves and zooms a candle chart without a pointer's wheel or drag. */

import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { CandleDrawing } from './candle-drawing.ts';

/** What the buttons beside a chart do. */
export type ChartSteering = Pick<CandleDrawing, 'pan' | 'zoom' | 'showAll'>;

const STEPS = [
  { name: 'Earlier', icon: IconChevronLeft, act: (chart: ChartSteering) => chart.pan(-0.3) },
  { name: 'Later', icon: IconChevronRight, act: (chart: ChartSteering) => chart.pan(0.3) },
  { name: 'Zoom out', icon: IconZoomOut, act: (chart: ChartSteering) => chart.zoom(1.6) },
  { name: 'Zoom in', icon: IconZoomIn, act: (chart: ChartSteering) => chart.zoom(0.6) },
] as const;

export function ChartSteps({ chart }: { chart: RefObject<ChartSteering | null> }) {
  return (
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
  );
}
