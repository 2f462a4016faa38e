/** How the days went: a calendar of profit and loss, and the way to take the books out. */

import { Tooltip } from '@mantine/core';
import type { TradingStatus } from '../../../contract/trading.ts';
import { valueOf } from '../../app/loadable.ts';
import { useAsked } from '../../app/use-asked.ts';
import { formatDate, formatMoney, formatPercent } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { ExportButtons } from '../trades/export-buttons.tsx';
import { calendarOf, type CalendarDay } from './calendar.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export function DaysPanel({ status }: { status: TradingStatus }) {
  const { mode: account, today, time } = status;
  const { answer, reload } = useAsked(
    'trading.days',
    { account },
    `${account} ${today.day} ${today.trades}`,
  );
  const days = valueOf(answer) ?? [];
  const current = { ...today, equity: status.equity };
  const weeks = calendarOf([...days.filter(({ day }) => day !== today.day), current], time);
  return (
    <Panel
      title="Profit and loss by day"
      note="UTC days, deposits left out"
      actions={<ExportButtons account={account} accountId={null} />}
    >
      {answer.status === 'loading' && <LoadingPanel label="Loading the days" height={120} />}
      {answer.status === 'failed' && (
        <ErrorPanel
          title="The days cannot be shown"
          sentence={answer.error.sentence}
          onRetry={reload}
        />
      )}
      {answer.status === 'ready' && (
        <div className="calendar" role="img" aria-label="Profit and loss of each day">
          <div className="calendar-weekdays quiet" aria-hidden="true">
            {WEEKDAYS.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
          {weeks.map((week) => (
            <div className="calendar-week" key={week[0]?.day}>
              {week.map((day) => (
                <DayCell key={day.day} day={day} />
              ))}
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}

function DayCell({ day }: { day: CalendarDay }) {
  const { pnl, part, trades, level } = day;
  if (pnl === null) return <span className="calendar-day" data-level={level} />;
  const words = `${formatDate(day.day)}: ${formatMoney(pnl, { plus: true })} USD (${formatPercent(part, { plus: true })}), ${trades} ${trades === 1 ? 'trade' : 'trades'}`;
  return (
    <Tooltip label={words}>
      <span className="calendar-day" data-level={level}>
        {level.startsWith('down') ? '−' : level.startsWith('up') ? '+' : ''}
      </span>
    </Tooltip>
  );
}
