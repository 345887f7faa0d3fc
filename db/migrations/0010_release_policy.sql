ALTER TABLE "offerings" ADD COLUMN "release_roles" text[] DEFAULT '{customer_admin,support}' NOT NULL;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "release_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "release_limit" integer;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "release_limit_days" integer;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "release_roles" text[] DEFAULT '{customer_admin,support}' NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "release_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "release_limit" integer;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "release_limit_days" integer;--> statement-breakpoint
CREATE INDEX "activations_released_without_proof" ON "activations" USING btree ("entitlement_id","released_at") WHERE release_kind = 'released';--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_release_roles" CHECK ("offerings"."release_roles" <@ array['member', 'customer_admin', 'support']);--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_release_limit" CHECK (("offerings"."release_limit" is null) = ("offerings"."release_limit_days" is null));--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_release_limits" CHECK ("offerings"."release_limit" >= 1 and "offerings"."release_limit_days" >= 1);--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_release_roles" CHECK ("entitlements"."release_roles" <@ array['member', 'customer_admin', 'support']);--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_release_limit" CHECK (("entitlements"."release_limit" is null) = ("entitlements"."release_limit_days" is null));--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_release_limits" CHECK ("entitlements"."release_limit" >= 1 and "entitlements"."release_limit_days" >= 1);