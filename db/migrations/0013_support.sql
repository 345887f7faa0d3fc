CREATE TABLE "device_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"author" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "device_notes_body" CHECK (length("device_notes"."body") between 1 and 2000)
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"file_name" text,
	"file_size" integer NOT NULL,
	"file_digest" text NOT NULL,
	"content" "bytea",
	CONSTRAINT "inspections_content" CHECK (octet_length("inspections"."content") <= 65536)
);
--> statement-breakpoint
ALTER TABLE "device_notes" ADD CONSTRAINT "device_notes_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_notes_device" ON "device_notes" USING btree ("device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "device_components_start" ON "device_components" USING btree ("digest" collate "C","device_id");--> statement-breakpoint
CREATE INDEX "devices_name_start" ON "devices" USING btree (lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "devices_hostname_start" ON "devices" USING btree (lower("hostname") collate "C","id");--> statement-breakpoint
CREATE INDEX "activation_codes_last_four" ON "activation_codes" USING btree ("last_four","created_at");--> statement-breakpoint
CREATE INDEX "entitlements_order_start" ON "entitlements" USING btree (lower("order_reference") collate "C","id") WHERE order_reference <> '';--> statement-breakpoint
CREATE INDEX "exchanges_request_id" ON "exchanges" USING btree (split_part(request_key, ':', 3) collate "C");--> statement-breakpoint
CREATE INDEX "exchanges_file" ON "exchanges" USING btree ("file_digest");--> statement-breakpoint
CREATE INDEX "customers_code_start" ON "customers" USING btree (lower("code") collate "C","id");--> statement-breakpoint
CREATE INDEX "customers_name_start" ON "customers" USING btree (lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "users_email_start" ON "users" USING btree (lower("email") collate "C","id");--> statement-breakpoint
CREATE INDEX "users_name_start" ON "users" USING btree (lower("name") collate "C","id");--> statement-breakpoint
create trigger device_notes_rows_stay before update or delete on device_notes for each row execute function refuse_change();
--> statement-breakpoint
create trigger device_notes_table_stays before truncate on device_notes for each statement execute function refuse_change();
--> statement-breakpoint
alter table device_notes enable always trigger device_notes_rows_stay;
--> statement-breakpoint
alter table device_notes enable always trigger device_notes_table_stays;
--> statement-breakpoint
create trigger inspections_rows_stay before update or delete on inspections for each row execute function refuse_change();
--> statement-breakpoint
create trigger inspections_table_stays before truncate on inspections for each statement execute function refuse_change();
--> statement-breakpoint
alter table inspections enable always trigger inspections_rows_stay;
--> statement-breakpoint
alter table inspections enable always trigger inspections_table_stays;
