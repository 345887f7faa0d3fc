import { Fragment } from 'react';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import { Instant } from './instant';

/** A text in parts, with its instants in the reader's zone and language. */
export function Described({ parts }: { readonly parts: Description }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
    <Fragment key={index}>{typeof part === 'string' ? part : <Instant at={part} />}</Fragment>
  ));
}
