import type { IconData } from './icon';

/** One place in the navigation. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconData;
  /** Marks the item by hand. Left out: current when the page's address is the item's or below it. */
  readonly current?: boolean;
  /** How many things wait there. Not shown while none does. */
  readonly count?: number;
}

/** Who is signed in, for whom, and as what. */
export interface Reader {
  readonly name: string;
  readonly customer: string;
  readonly role: string;
}

/** Where the sign-out form posts: an address, or a server action. */
export type SignOutAction = string | ((form: FormData) => Promise<void>);
