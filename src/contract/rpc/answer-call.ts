/** One call, from its raw input to its checked answer; nothing a handler does can make it throw. */

import { z } from 'zod';
import { contractErrorCode, contractFailure, type ContractResult } from '../errors.ts';
import type { BoundCall } from './bound-handlers.ts';
import { reportIncident, type IncidentReporting } from './incidents.ts';
import { inputSentence } from './input-sentence.ts';

/** Not strict: of an error, only code and sentence are taken; everything else a handler adds stays here. */
const handlerResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: contractErrorCode, sentence: z.string() }),
  }),
]);

export async function answerCall(
  call: BoundCall,
  rawInput: unknown,
  reporting: IncidentReporting,
): Promise<ContractResult<unknown>> {
  try {
    const input = call.spec.input.safeParse(rawInput);
    if (!input.success) {
      const sentence = inputSentence(`The input of "${call.name}"`, call.spec.input, input.error);
      return contractFailure('INVALID_INPUT', sentence);
    }
    const result = handlerResult.parse(await call.handle(input.data));
    return result.ok ? { ok: true, value: call.spec.output.parse(result.value) } : result;
  } catch (error) {
    return { ok: false, error: reportIncident(reporting, call.name, error) };
  }
}
