import { Fragment } from 'react';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import { Instant } from './instant';

/** Shows a text in parts, with its instants in the zone and language of the reader. */
export function Described({ parts }: { readonly parts: Description }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
    <Fragment key={index}>{typeof part === 'string' ? part : <Instant at={part} />}</Fragment>
  ));
}
