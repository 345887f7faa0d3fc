import type { HolderRow } from '@/db/seats/list-activations';

/** An activation with the names people know it by. */
export type ActivationShown = HolderRow;
