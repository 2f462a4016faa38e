/** `npm run sample`: writes the synthetic sample anew. The same seed gives the same series. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { SAMPLE_URL } from '../src/app/candles/sample.ts';
import { SAMPLE_BARS, SAMPLE_SEED, sampleCsv } from './sample-series.ts';

writeFileSync(SAMPLE_URL, gzipSync(sampleCsv(SAMPLE_SEED, SAMPLE_BARS), { level: 9 }));
console.log(`${SAMPLE_BARS} synthetic bars with seed ${SAMPLE_SEED} written.`);
