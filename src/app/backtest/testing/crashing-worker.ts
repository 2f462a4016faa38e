/** A worker that breaks down. */

throw new Error('The worker broke down.');
