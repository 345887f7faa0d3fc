CREATE TABLE "lease_reminders" (
	"customer_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"lease_sequence" integer NOT NULL,
	"days" integer NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "lease_reminders_user_id_activation_id_lease_sequence_days_pk" PRIMARY KEY("user_id","activation_id","lease_sequence","days"),
	CONSTRAINT "lease_reminders_days" CHECK ("lease_reminders"."days" in (30, 7, 1)),
	CONSTRAINT "lease_reminders_outcome" CHECK ("lease_reminders"."outcome" in ('accepted', 'refused')),
	CONSTRAINT "lease_reminders_settled" CHECK (("lease_reminders"."settled_at" is null) = ("lease_reminders"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "reminder_files" (
	"activation_id" uuid NOT NULL,
	"lease_sequence" integer NOT NULL,
	"exchange_id" uuid NOT NULL,
	CONSTRAINT "reminder_files_activation_id_lease_sequence_pk" PRIMARY KEY("activation_id","lease_sequence"),
	CONSTRAINT "reminder_files_exchange_id_unique" UNIQUE("exchange_id")
);
--> statement-breakpoint
CREATE TABLE "reminder_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"days" integer[] NOT NULL,
	"with_files" boolean NOT NULL,
	CONSTRAINT "reminder_settings_days" CHECK ("reminder_settings"."days" <@ array[30, 7, 1])
);
--> statement-breakpoint
ALTER TABLE "lease_reminders" ADD CONSTRAINT "lease_reminders_customer_id_user_id_users_customer_id_id_fk" FOREIGN KEY ("customer_id","user_id") REFERENCES "public"."users"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease_reminders" ADD CONSTRAINT "lease_reminders_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_files" ADD CONSTRAINT "reminder_files_activation_id_lease_sequence_leases_activation_id_sequence_fk" FOREIGN KEY ("activation_id","lease_sequence") REFERENCES "public"."leases"("activation_id","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_settings" ADD CONSTRAINT "reminder_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leases_ends_of_customer" ON "leases" USING btree ("customer_id","ends_at");