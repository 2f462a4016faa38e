/** Narrows a list to a symbol, a bot, a span of time, and to what is special to the list. */

import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import type { Books } from './books.ts';
import { NO_FILTER, PERIODS, type Filterable, type RowFilter } from './row-filter.ts';

interface FilterBarProps {
  readonly books: Books;
  /** All there are, for the symbols and bots to choose from. */
  readonly rows: readonly Filterable[];
  readonly filter: RowFilter;
  readonly onFilter: (filter: RowFilter) => void;
  /** What only this list is narrowed by. */
  readonly children?: ReactNode;
}

export function FilterBar({ books, rows, filter, onFilter, children }: FilterBarProps) {
  const symbols = useMemo(() => distinct(rows.map(({ symbol }) => symbol)), [rows]);
  const bots = useMemo(() => {
    const ids = distinct(rows.map(({ botId }) => botId));
    return books.bots.filter(({ id }) => ids.includes(id));
  }, [rows, books]);
  return (
    <div className="filter-bar" role="group" aria-label="Filters">
      {children}
      <SegmentedControl
        aria-label="How far back"
        data={[...PERIODS]}
        value={filter.period}
        onChange={(period) => onFilter({ ...filter, period })}
      />
      <Choice
        label="Symbol"
        all="All symbols"
        data={symbols.map((symbol) => ({ value: symbol, label: symbol }))}
        value={filter.symbol}
        onChange={(symbol) => onFilter({ ...filter, symbol })}
      />
      <Choice
        label="Bot"
        all="All bots"
        data={bots.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.botId}
        onChange={(botId) => onFilter({ ...filter, botId })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** In the place of a choice. */
  readonly all: string;
  readonly data: { readonly value: string; readonly label: string }[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, all, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={all}
      clearable
      allowDeselect
      w={150}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}

/** In the place of a list that the filters have emptied. */
export function NothingPasses({ onFilter }: { onFilter: (filter: RowFilter) => void }) {
  return (
    <div className="filter-nothing">
      <p className="quiet">Nothing in these books passes the filters.</p>
      <Button
        variant="default"
        leftSection={<IconFilterOff size={14} aria-hidden="true" />}
        onClick={() => onFilter(NO_FILTER)}
      >
        Show all
      </Button>
    </div>
  );
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== null).toSorted();
}
