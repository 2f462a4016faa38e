/**
 * Keeps zod from trying `new Function`, which the page's policy forbids and the browser would report.
 * Has to be imported before any schema is made: schemas decide when they are made.
 */

import { config } from 'zod';

config({ jitless: true });
