CREATE TABLE "audit_checkpoints" (
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"token" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_checkpoints_chain_sequence_pk" PRIMARY KEY("chain","sequence")
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"audit_id" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_seals_chain_sequence_pk" PRIMARY KEY("chain","sequence"),
	CONSTRAINT "audit_seals_audit_id_unique" UNIQUE("audit_id"),
	CONSTRAINT "audit_seals_sequence" CHECK ("audit_seals"."sequence" >= 1)
);
--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_chain_sequence_audit_seals_chain_sequence_fk" FOREIGN KEY ("chain","sequence") REFERENCES "public"."audit_seals"("chain","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_audit_id_audit_entries_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activations_run_out" ON "activations" USING btree ("runs_out_at") WHERE state in ('active', 'releasing');--> statement-breakpoint
CREATE INDEX "audit_entries_device" ON "audit_entries" USING btree ("device_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_user" ON "audit_entries" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_refused" ON "audit_entries" USING btree ("customer_id","id") WHERE code is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_all_refused" ON "audit_entries" USING btree ("id") WHERE code is not null;
--> statement-breakpoint
create trigger audit_seals_rows_stay before update or delete on audit_seals for each row execute function refuse_change();
--> statement-breakpoint
create trigger audit_seals_table_stays before truncate on audit_seals for each statement execute function refuse_change();
--> statement-breakpoint
create trigger audit_checkpoints_rows_stay before update or delete on audit_checkpoints for each row execute function refuse_change();
--> statement-breakpoint
create trigger audit_checkpoints_table_stays before truncate on audit_checkpoints for each statement execute function refuse_change();
--> statement-breakpoint
alter table audit_seals enable always trigger audit_seals_rows_stay;
--> statement-breakpoint
alter table audit_seals enable always trigger audit_seals_table_stays;
--> statement-breakpoint
alter table audit_checkpoints enable always trigger audit_checkpoints_rows_stay;
--> statement-breakpoint
alter table audit_checkpoints enable always trigger audit_checkpoints_table_stays;
--> statement-breakpoint
-- Settles up to so many entitlements that have a lease that ran out, and says how many it settled. One that is being committed to at this
-- moment is left out: that commit settles it.
create function settle_ran_out(p_at timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_id uuid;
  settled integer := 0;
begin
  for v_id in
    select e.id from entitlements e
    where e.id in (
      select a.entitlement_id from activations a where a.state in ('active', 'releasing') and a.runs_out_at <= p_at
      order by a.runs_out_at limit p_limit
    )
    order by e.id
    for update skip locked
  loop
    perform settle_leases(v_id, p_at);
    settled := settled + 1;
  end loop;
  return settled;
end
$$;
--> statement-breakpoint
revoke execute on function settle_ran_out(timestamptz, integer) from public;
