import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Claim } from '@/lib/licensing/claims/lost-device-claim';
import { rowJson, rowSchema } from '../row';
import { claims } from '../schema/claims';

export const claimFromJson = rowSchema(claims)
  .omit({ customerId: true })
  .extend({ claimantName: z.string(), decidedByName: z.string().nullable() }) satisfies z.ZodType<Claim>;

/** JSON of a claim `cl` with its claimant `cu` and the person `du` who closed it, as {@link claimFromJson} reads it; null when there is none. */
export const claimJson = sql`case when cl.id is not null then ${rowJson(claims, 'cl', claimFromJson)}
  || jsonb_build_object('claimantName', cu.name, 'decidedByName', du.name) end`;

/** A claim with the names of its people. */
export type ClaimRow = z.output<typeof claimFromJson>;

/** Names of the people of a claim `cl`. */
export const claimPeople = sql`left join users cu on cu.id = cl.claimant_id left join users du on du.id = cl.decided_by`;

export const claimBriefFromJson = claimFromJson.pick({ id: true, claimantId: true, state: true, openedAt: true });

/** JSON of the part of a claim `cl` that everybody who sees its seat may read, as {@link claimBriefFromJson} reads it. */
export const claimBriefJson = sql`case when cl.id is not null then ${rowJson(claims, 'cl', claimBriefFromJson)} end`;

/** The newest claim `cl` on an activation `a`. */
export const newestClaim = sql`left join lateral (
    select n.* from claims n where n.activation_id = a.id order by n.opened_at desc, n.id desc limit 1
  ) cl on true`;
