import type { IconData } from './icon';

/** One place in the navigation. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconData;
  /** Marks the item by hand. Left out: current when the page's address is the item's or below it. */
  readonly current?: boolean;
  /** Number of waiting items; hidden for zero. */
  readonly count?: number;
}

/** Who is signed in, for whom, and as what. */
export interface Reader {
  readonly name: string;
  readonly customer: string;
  readonly role: string;
}

/** Target of the sign-out form: an address, or a server action. */
export type SignOutAction = string | ((form: FormData) => Promise<void>);
