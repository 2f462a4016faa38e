/** What a test and the packed app that it runs in a process of its own say to each other. */

export type ToPackedApp =
  /** Of the contract, as the window would send it. */
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'fetch'; readonly url: string }
  | { readonly kind: 'quit' };

export type FromPackedApp =
  /** The window has its page, and the preload script has exposed these names. */
  | { readonly kind: 'ready'; readonly exposed: readonly string[] }
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'fetched';
      readonly url: string;
      readonly status: number;
      readonly policy: string | null;
      readonly text: string;
    };
