/** What a sale of everything has to leave until its account can be reached: told by the books. */

import type { ExposedPlace, Exposure } from '../../../../contract/exposure.ts';
import { formatAmount, formatCounted, unitsOf } from '../../../ui/format.ts';
import type { SaleAccount } from '../stop/sale.ts';

export function unreachedSale(exposure: Exposure | null): readonly SaleAccount[] {
  if (exposure === null) return [];
  const { unknown, places } = exposure;
  return [
    ...(unknown === null ? [] : [{ account: 'live', status: null, outOfReach: unknown } as const]),
    ...places.map(
      (place) =>
        ({
          account: 'live',
          status: null,
          outOfReach: `${place.watch} ${place.todo.sentence}`.trim(),
          what: openIn(place),
        }) as const,
    ),
  ];
}

function openIn({ venue, positions, orders }: ExposedPlace): readonly string[] {
  return [
    ...positions.map(
      ({ symbol, amount }) => `${formatAmount(amount)} ${unitsOf(symbol).base} on ${venue}`,
    ),
    ...(positions.length === 0
      ? [`${formatCounted(orders.length, 'order', 'orders')} on ${venue}`]
      : []),
  ];
}
