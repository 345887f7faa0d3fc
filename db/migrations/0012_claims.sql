CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"claimant_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "claims_state" CHECK ("claims"."state" in ('open', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "claims_reason" CHECK ("claims"."reason" in ('lost', 'stolen', 'broken', 'sold', 'reinstalled', 'other')),
	CONSTRAINT "claims_decided" CHECK (("claims"."state" = 'open') = ("claims"."decided_at" is null)),
	CONSTRAINT "claims_not_by_claimant" CHECK ("claims"."state" = 'withdrawn' or "claims"."decided_by" <> "claims"."claimant_id")
);
--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_claimant_id_users_id_fk" FOREIGN KEY ("claimant_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "claims_open" ON "claims" USING btree ("activation_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "claims_waiting" ON "claims" USING btree ("customer_id","opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "claims_activation" ON "claims" USING btree ("activation_id","opened_at");--> statement-breakpoint
CREATE INDEX "claims_closed" ON "claims" USING btree ("customer_id","decided_at","id");--> statement-breakpoint
CREATE INDEX "claims_closed_of_all" ON "claims" USING btree ("decided_at","id") WHERE state <> 'open';--> statement-breakpoint
CREATE INDEX "activations_came_back" ON "activations" USING btree ("device_id") WHERE came_back_at is not null;
--> statement-breakpoint
-- Writes down that somebody asks for a release. Lock order as everywhere: entitlement, then activation, then claim.
create function open_claim(p jsonb) returns text language plpgsql as $$
declare
  e entitlements%rowtype := lock_and_settle(p);
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  perform from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id and state in ('active', 'lease_expired') for update;
  if not found then
    return 'stale';
  end if;
  insert into claims (id, customer_id, activation_id, claimant_id, reason, note, opened_at)
  values ((p->>'claim_id')::uuid, e.customer_id, (p->>'activation_id')::uuid, (p->>'claimant_id')::uuid, p->>'reason', p->>'note', (p->>'at')::timestamptz)
  on conflict (activation_id) where state = 'open' do nothing;
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$$;
--> statement-breakpoint
-- Closes a claim without a release: it was refused, or taken back.
create function close_claim(p jsonb) returns text language plpgsql as $$
begin
  update claims set state = p->>'state', decided_at = (p->>'at')::timestamptz, decided_by = (p->>'user_id')::uuid, answer = p->>'answer'
  where id = (p->>'claim_id')::uuid and customer_id = (p->>'customer_id')::uuid and state = 'open';
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$$;
--> statement-breakpoint
-- Commits a release without proof, and with it the claim that asked for it, if one did. The seat stays held until the last lease has run
-- out, unless it is to be free at once.
create or replace function commit_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_limit jsonb := p->'limit';
  v_claim jsonb := p->'claim';
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.lease_sequence <> (p->>'current_sequence')::integer or a.state not in ('active', 'lease_expired')
    or (a.state = 'lease_expired' and ((p->>'held_until') is not null or v_frees_seat)) then
    return 'stale';
  end if;
  if v_limit <> 'null' and (v_limit->>'releases')::integer <= ( -- guard: never one release too many
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'released' and released_at > v_at - (v_limit->>'days')::integer * interval '24 hours'
  ) then
    return 'stale';
  end if;
  if v_claim <> 'null' then
    update claims set state = 'approved', decided_at = v_at, decided_by = (p->>'user_id')::uuid, answer = v_claim->>'answer'
    where id = (v_claim->>'id')::uuid and activation_id = a.id
      and state = 'open'; -- guard: answered once
    if not found then
      return 'stale';
    end if;
    perform write_audit(v_claim->'audit');
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when p->>'held_until' is null then 'released' else 'releasing' end, released_at = v_at,
    released_by = (p->>'user_id')::uuid, release_kind = 'released', release_reason = p->>'reason'
  where id = a.id;
  perform write_audit(p->'audit');
  return 'done';
end
$$;
--> statement-breakpoint
-- A seat that was given up in any way needs no release: whoever asked for one is no longer waiting.
create function close_claims_of_ended() returns trigger language plpgsql as $$
begin
  update claims set state = 'withdrawn', decided_at = new.released_at where activation_id = new.id and state = 'open';
  return null;
end
$$;
--> statement-breakpoint
create trigger activations_close_claims after update of state on activations
for each row when (old.released_at is null and new.released_at is not null) execute function close_claims_of_ended();
--> statement-breakpoint
revoke execute on function open_claim(jsonb), close_claim(jsonb), close_claims_of_ended() from public;
