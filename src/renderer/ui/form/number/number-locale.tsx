/** In whose way numbers are typed: the person's own, as their computer says. */

import { createContext, use } from 'react';
import { WINDOW_MARKS, type NumberMarks } from './marks.ts';

const NumberMarksContext = createContext<NumberMarks>(WINDOW_MARKS);

export const NumberMarksProvider = NumberMarksContext.Provider;

export function useNumberMarks(): NumberMarks {
  return use(NumberMarksContext);
}
