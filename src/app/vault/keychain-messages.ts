/** What the app and the process that holds the keychain's library say to each other. */

import { z } from 'zod';
import { REASONS } from './keychain-reasons.ts';

const id = z.int();

export const Request = z.object({
  id,
  call: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['get', 'delete']), service: z.string(), account: z.string() }),
    z.object({
      kind: z.literal('set'),
      service: z.string(),
      account: z.string(),
      password: z.string(),
    }),
    z.object({ kind: z.enum(['find', 'probe']), service: z.string() }),
  ]),
});
export type Request = z.infer<typeof Request>;
export type KeychainCall = Request['call'];

/** `reached`: the keychain itself answered; what is still missing may wait for a person who unlocks it. */
export const Reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reached'), id }),
  z.object({ kind: z.literal('done'), id, value: z.unknown() }),
  z.object({ kind: z.literal('failed'), id, reason: z.enum(REASONS) }),
]);
export type Reply = z.infer<typeof Reply>;
