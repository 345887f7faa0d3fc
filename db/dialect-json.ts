import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';

/**
 * The dialect of a stored row. Only ids of the closed union are written, so reading does not check them again; looking up a dialect fails
 * for an id that only another version of the portal knows.
 */
export const dialectFromJson = z.string() as unknown as z.ZodType<DialectId, string>;
