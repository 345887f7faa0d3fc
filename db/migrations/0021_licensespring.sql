CREATE TABLE "licensespring_clients" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"secret_sealed" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"product_codes" text[],
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "licensespring_clients_kind" CHECK ("licensespring_clients"."kind" in ('api-key', 'oauth'))
);
--> statement-breakpoint
CREATE TABLE "licensespring_issuer" (
	"vendor_id" text PRIMARY KEY NOT NULL,
	"company_id" bigint NOT NULL,
	"kid" text NOT NULL,
	"public_pem" text NOT NULL,
	"private_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "licensespring_issuer_company_id" CHECK ("licensespring_issuer"."company_id" between 1 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "licensespring_licences" (
	"entitlement_id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"licence_type" text NOT NULL,
	"prevent_vm" boolean DEFAULT false NOT NULL,
	"max_transfers" bigint DEFAULT 0 NOT NULL,
	"max_overages" bigint DEFAULT 0 NOT NULL,
	"floating" jsonb,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"feature_ends" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"blacklist" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "licensespring_licences_type" CHECK ("licensespring_licences"."licence_type" in ('perpetual', 'time-limited', 'subscription', 'consumption')),
	CONSTRAINT "licensespring_licences_counts" CHECK ("licensespring_licences"."max_transfers" >= 0 and "licensespring_licences"."max_overages" >= 0)
);
--> statement-breakpoint
CREATE TABLE "licensespring_users" (
	"code_id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"username" text NOT NULL,
	"password_hash" text NOT NULL,
	"is_initial_password" boolean DEFAULT true NOT NULL,
	"first_name" text DEFAULT '' NOT NULL,
	"last_name" text DEFAULT '' NOT NULL,
	"phone_number" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "licensespring_users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
ALTER TABLE "activations" ADD COLUMN "code_id" uuid;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "disabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "is_bundle" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "licensespring_schema" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD COLUMN "seats" integer;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "licensespring_issuer" ADD CONSTRAINT "licensespring_issuer_vendor_id_vendor_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licensespring_licences" ADD CONSTRAINT "licensespring_licences_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licensespring_users" ADD CONSTRAINT "licensespring_users_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD CONSTRAINT "activation_codes_bundle_id_products_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activations_code" ON "activations" USING btree ("entitlement_id","code_id") WHERE code_id is not null and state in ('active', 'releasing');--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_licensespring_schema" CHECK ("products"."licensespring_schema" in (1, 2));--> statement-breakpoint
ALTER TABLE "activation_codes" ADD CONSTRAINT "activation_codes_seats" CHECK ("activation_codes"."seats" >= 0);