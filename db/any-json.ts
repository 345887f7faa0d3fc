import { z } from 'zod';
import type { Json } from '@/lib/licensing/exchange/request';

/** What comes out of a `jsonb` column is JSON already, to whatever depth: it is passed on without another look at it. */
export const anyJson = z.custom<Json>();
