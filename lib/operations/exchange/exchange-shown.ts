import type { ActivationFound } from '@/db/exchange/read-activation';
import type { ExchangeRow } from '@/db/exchange/read-exchange';

/** An exchange as it is shown, without its bytes. */
export type ExchangeShown = ExchangeRow;

/** The activation an exchange was about, with its device and entitlement as they are now. */
export type ExchangeSubject = NonNullable<ActivationFound['found']>;
