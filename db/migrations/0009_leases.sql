CREATE TABLE "calendar_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_digest" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_fetched_at" timestamp with time zone,
	CONSTRAINT "calendar_links_secret_digest_unique" UNIQUE("secret_digest")
);
--> statement-breakpoint
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activations_lease_ends" ON "activations" USING btree ("lease_ends_at","id") WHERE state in ('active', 'lease_expired');--> statement-breakpoint
CREATE INDEX "activations_lease_ends_of_customer" ON "activations" USING btree ("customer_id","lease_ends_at","id") WHERE state in ('active', 'lease_expired');