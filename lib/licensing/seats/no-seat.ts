import type { Rejection, RejectionCode } from '../refusals/rejection';

/** Every seat is in use, whether or not one of them is that of an older installation of the same machine. */
const NO_SEAT: ReadonlySet<RejectionCode> = new Set([
  'no-seat-free',
  'reinstall-needs-release',
  'reinstall-needs-approval',
  'reinstall-over-limit',
  'reinstalls-used-up',
]);

/** Checks whether a file was refused because no seat is left: then pages show the holders, and the file may be granted later. */
export function findsNoSeat({ code }: Rejection): boolean {
  return NO_SEAT.has(code);
}
