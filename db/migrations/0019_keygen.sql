CREATE TABLE "keygen_issuers" (
	"kid" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"public_pems" jsonb NOT NULL,
	"private_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "keygen_keys" (
	"entitlement_id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	"issuer_kid" text NOT NULL,
	"scheme" text,
	"key_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "keygen_keys_code_id_unique" UNIQUE("code_id")
);
--> statement-breakpoint
CREATE TABLE "keygen_policies" (
	"offering_id" uuid PRIMARY KEY NOT NULL,
	"scheme" text,
	"ttl_seconds" bigint,
	"algorithm" text NOT NULL,
	"encrypted" boolean NOT NULL,
	"licence_includes" text[] NOT NULL,
	"machine_includes" text[] NOT NULL,
	"key_template" text,
	"proof_template" text,
	"fingerprint_unique_in" text NOT NULL,
	"needs_fingerprint" boolean NOT NULL,
	"guests" boolean NOT NULL,
	CONSTRAINT "keygen_policies_ttl" CHECK ("keygen_policies"."ttl_seconds" between 3600 and 3155695200),
	CONSTRAINT "keygen_policies_algorithm" CHECK ("keygen_policies"."algorithm" in ('ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256')),
	CONSTRAINT "keygen_policies_unique_in" CHECK ("keygen_policies"."fingerprint_unique_in" in ('licence', 'product', 'vendor'))
);
--> statement-breakpoint
ALTER TABLE "exchanges" DROP CONSTRAINT "exchanges_kind";--> statement-breakpoint
ALTER TABLE "exchanges" DROP CONSTRAINT "exchanges_outcome";--> statement-breakpoint
ALTER TABLE "exchanges" DROP CONSTRAINT "exchanges_reply";--> statement-breakpoint
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_issuer_kid_keygen_issuers_kid_fk" FOREIGN KEY ("issuer_kid") REFERENCES "public"."keygen_issuers"("kid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_policies" ADD CONSTRAINT "keygen_policies_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "keygen_issuers_in_use" ON "keygen_issuers" USING btree (("retired_at" is null)) WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "activations_keygen_fingerprint" ON "activations" USING btree ((fingerprint -> 'components' ->> 'fingerprint')) WHERE dialect = 'keygen';--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_kind" CHECK ("exchanges"."kind" in ('activation', 'deactivation', 'refresh', 'licence-file', 'activation-proof', 'unknown'));--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_outcome" CHECK ("exchanges"."outcome" in ('previewed', 'refused', 'granted', 'renewed', 'issued', 'returned', 'repeated'));--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_reply" CHECK (("exchanges"."outcome" in ('granted', 'renewed', 'issued')) = ("exchanges"."reply" is not null));