/** The property of `engine-model.test.ts` for hours, not seconds: `npm run test:soak`, with `SOAK_RUNS` sequences. */

import { it } from 'vitest';
import { soakEngine } from './testing/soak.ts';

it('the engine keeps its books, its limits and its guards', () => soakEngine());
