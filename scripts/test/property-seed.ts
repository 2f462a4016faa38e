/** Gives every property test the same seed, so that a run can be repeated; `FC_SEED` chooses another. */
import fc from 'fast-check';

const DEFAULT_SEED = 20_260_101;

fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? DEFAULT_SEED) });
