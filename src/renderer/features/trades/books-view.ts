/** What every tab of the screen is given: the books, and what makes them be read again. */

import type { TradingStatus } from '../../../contract/trading.ts';
import type { Books } from './books.ts';

export interface BooksView {
  readonly books: Books;
  /** Open ones; none in books that nothing trades on now. */
  readonly positions: TradingStatus['positions'];
  /** Another text whenever the books may have changed. */
  readonly changed: string;
  /** ms UTC, to the minute. */
  readonly now: number;
}
