-- Rows of these tables are written once and never changed. The triggers also fire for replication roles and for the owner.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger exchanges_rows_stay before update or delete on exchanges for each row execute function refuse_change();
--> statement-breakpoint
create trigger exchanges_table_stays before truncate on exchanges for each statement execute function refuse_change();
--> statement-breakpoint
create trigger audit_entries_rows_stay before update or delete on audit_entries for each row execute function refuse_change();
--> statement-breakpoint
create trigger audit_entries_table_stays before truncate on audit_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger leases_rows_stay before update or delete on leases for each row execute function refuse_change();
--> statement-breakpoint
create trigger leases_table_stays before truncate on leases for each statement execute function refuse_change();
--> statement-breakpoint
alter table exchanges enable always trigger exchanges_rows_stay;
--> statement-breakpoint
alter table exchanges enable always trigger exchanges_table_stays;
--> statement-breakpoint
alter table audit_entries enable always trigger audit_entries_rows_stay;
--> statement-breakpoint
alter table audit_entries enable always trigger audit_entries_table_stays;
--> statement-breakpoint
alter table leases enable always trigger leases_rows_stay;
--> statement-breakpoint
alter table leases enable always trigger leases_table_stays;
