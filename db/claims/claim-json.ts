import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { APPROVER_TIES } from '@/lib/licensing/claims/approver-ties';
import type { Claim } from '@/lib/licensing/claims/lost-device-claim';
import { CLAIM_STATES, RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import { instantFromJson } from '../row';

/** JSON of a claim `cl` whose claimant is `cu` and whoever closed it `du`, as {@link claimFromJson} reads it; null when there is none. */
export const claimJson = sql`case when cl.id is null then null else jsonb_build_object('id', cl.id, 'activationId', cl.activation_id,
  'claimantId', cl.claimant_id, 'claimantName', cu.name, 'reason', cl.reason, 'note', cl.note, 'state', cl.state,
  'openedAt', cl.opened_at, 'decidedAt', cl.decided_at, 'decidedById', cl.decided_by, 'decidedByName', du.name, 'answer', cl.answer,
  'ties', cl.ties) end`;

export const claimFromJson = z.object({
  id: z.string(),
  activationId: z.string(),
  claimantId: z.string(),
  claimantName: z.string(),
  reason: z.enum(RELEASE_REASONS),
  note: z.string(),
  state: z.enum(CLAIM_STATES),
  openedAt: instantFromJson,
  decidedAt: instantFromJson.nullable(),
  decidedById: z.string().nullable(),
  decidedByName: z.string().nullable(),
  answer: z.string(),
  /** Why the approval was by somebody who may not be anybody else. */
  ties: z.array(z.enum(APPROVER_TIES)).readonly(),
}) satisfies z.ZodType<Claim>;

/** A claim with the names of its people. */
export type ClaimRow = z.output<typeof claimFromJson>;

/** Names of the people of a claim `cl`. */
export const claimPeople = sql`left join users cu on cu.id = cl.claimant_id left join users du on du.id = cl.decided_by`;

/** JSON of as much of a claim `cl` as everybody may know who sees its seat, as {@link claimBriefFromJson} reads it. */
export const claimBriefJson = sql`case when cl.id is null then null
  else jsonb_build_object('id', cl.id, 'claimantId', cl.claimant_id, 'state', cl.state, 'openedAt', cl.opened_at) end`;

export const claimBriefFromJson = claimFromJson.pick({ id: true, claimantId: true, state: true, openedAt: true });

/** The newest claim `cl` on an activation `a`. */
export const newestClaim = sql`left join lateral (
    select n.* from claims n where n.activation_id = a.id order by n.opened_at desc, n.id desc limit 1
  ) cl on true`;
