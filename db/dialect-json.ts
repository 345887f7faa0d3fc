import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';

/**
 * The dialect of a stored row. Rows are written with ids of the closed union only, so reading them does not ask again; what looks a dialect up
 * refuses a name that only another version of the portal knows.
 */
export const dialectFromJson = z.string() as unknown as z.ZodType<DialectId, string>;
