/** Binance's WebSocket API as far as it opens user data streams; orders go over REST. */

import { z } from 'zod';
import { missing, REFUSALS, type Refusal } from '../refusal.ts';
import { keyRefusal, signatureRefusal } from '../rest/signature.ts';

const requestSchema = z.object({
  id: z.union([z.string(), z.int(), z.null()]).default(null),
  method: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

export interface ApiSession {
  readonly answer: unknown;
  /** Whether the account's events are to be sent on this connection; `undefined` where nothing changes. */
  readonly isSubscribed: boolean | undefined;
}

/** @param serverTime - ms UTC, as this exchange believes it to be. */
export function answerApiRequest(
  text: unknown,
  serverTime: number,
  isRefused: boolean,
): ApiSession {
  const parsed = requestSchema.safeParse(text);
  if (!parsed.success)
    return failure(null, { status: 400, code: -1135, msg: 'Invalid JSON Request' });
  const { id, method, params } = parsed.data;
  switch (method) {
    case 'ping':
      return success(id, {});
    case 'time':
      return success(id, { serverTime });
    case 'userDataStream.subscribe.signature': {
      const refusal = isRefused ? REFUSALS.unknownKey : subscriptionRefusal(params, serverTime);
      return refusal ? failure(id, refusal) : success(id, { subscriptionId: 0 }, true);
    }
    case 'userDataStream.unsubscribe':
      return success(id, {}, false);
    default:
      return failure(id, { status: 400, code: -1020, msg: 'This operation is not supported.' });
  }
}

/** Signed is what remains without the signature, in alphabetical order. */
function subscriptionRefusal(
  params: Readonly<Record<string, string | number>>,
  serverTime: number,
): Refusal | undefined {
  const parameters = new Map(
    Object.entries(params).map(([name, value]) => [name, value.toString()]),
  );
  const key = parameters.get('apiKey');
  if (key === undefined) return missing('apiKey');
  const signed = [...parameters]
    .filter(([name]) => name !== 'signature')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return keyRefusal(key) ?? signatureRefusal(signed, parameters, serverTime);
}

type Id = z.output<typeof requestSchema>['id'];

function success(id: Id, result: unknown, isSubscribed?: boolean): ApiSession {
  return { answer: { id, status: 200, result, rateLimits: [] }, isSubscribed };
}

function failure(id: Id, { status, code, msg }: Refusal): ApiSession {
  return { answer: { id, status, error: { code, msg }, rateLimits: [] }, isSubscribed: undefined };
}
