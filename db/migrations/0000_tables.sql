CREATE TABLE "activations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"device_key" text NOT NULL,
	"device_jwk" jsonb NOT NULL,
	"reply_to" jsonb NOT NULL,
	"state" text NOT NULL,
	"lease_sequence" integer NOT NULL,
	"lease_starts_at" timestamp with time zone NOT NULL,
	"lease_ends_at" timestamp with time zone NOT NULL,
	"grace_ends_at" timestamp with time zone,
	"runs_out_at" timestamp with time zone GENERATED ALWAYS AS (coalesce(grace_ends_at, lease_ends_at)) STORED NOT NULL,
	"activated_at" timestamp with time zone NOT NULL,
	"activated_by" uuid,
	"released_at" timestamp with time zone,
	"released_by" uuid,
	"release_kind" text,
	"release_reason" text,
	"replaced_by" uuid,
	"came_back_at" timestamp with time zone,
	CONSTRAINT "activations_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "activations_state" CHECK ("activations"."state" in ('active', 'lease_expired', 'releasing', 'released', 'revoked', 'replaced')),
	CONSTRAINT "activations_sequence" CHECK ("activations"."lease_sequence" >= 1),
	CONSTRAINT "activations_release_kind" CHECK ("activations"."release_kind" in ('deactivated', 'released', 'revoked')),
	CONSTRAINT "activations_released" CHECK (("activations"."state" in ('active', 'lease_expired')) = ("activations"."released_at" is null))
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"customer_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"grace_ends_at" timestamp with time zone,
	"exchange_id" uuid NOT NULL,
	CONSTRAINT "leases_activation_id_sequence_pk" PRIMARY KEY("activation_id","sequence"),
	CONSTRAINT "leases_window" CHECK ("leases"."ends_at" >= "leases"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "offerings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"product_id" uuid NOT NULL,
	"code" text NOT NULL,
	"edition" text NOT NULL,
	"plan_type" text NOT NULL,
	"start_rule" text NOT NULL,
	"term_length" text,
	"offline_lease_period" text,
	"grace_period" text,
	"maintenance_length" text,
	"overdraft_kind" text DEFAULT 'none' NOT NULL,
	"overdraft_value" integer DEFAULT 0 NOT NULL,
	"release_rule" text DEFAULT 'when-lease-ran-out' NOT NULL,
	"features" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offerings_code_unique" UNIQUE("code"),
	CONSTRAINT "offerings_plan_type" CHECK ("offerings"."plan_type" in ('perpetual', 'time-limited', 'trial', 'consumption', 'subscription')),
	CONSTRAINT "offerings_start_rule" CHECK ("offerings"."start_rule" in ('on-creation', 'on-first-activation', 'on-date')),
	CONSTRAINT "offerings_overdraft_kind" CHECK ("offerings"."overdraft_kind" in ('none', 'absolute', 'percent', 'unlimited')),
	CONSTRAINT "offerings_overdraft_value" CHECK ("offerings"."overdraft_value" >= 0),
	CONSTRAINT "offerings_release_rule" CHECK ("offerings"."release_rule" in ('when-lease-ran-out', 'at-once'))
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"fingerprint_required" integer DEFAULT 2 NOT NULL,
	"greatest_request_age" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_code_unique" UNIQUE("code"),
	CONSTRAINT "products_fingerprint_required" CHECK ("products"."fingerprint_required" between 1 and 16)
);
--> statement-breakpoint
CREATE TABLE "device_components" (
	"customer_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"name" text NOT NULL,
	"digest" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "device_components_device_id_name_digest_pk" PRIMARY KEY("device_id","name","digest")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"platform" text NOT NULL,
	"hostname" text,
	"app_version" text,
	"fingerprint_version" integer NOT NULL,
	"fingerprint_key" text NOT NULL,
	"clock_skew_seconds" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "devices_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "devices_fingerprint" UNIQUE("customer_id","fingerprint_key")
);
--> statement-breakpoint
CREATE TABLE "activation_code_entitlements" (
	"customer_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	CONSTRAINT "activation_code_entitlements_code_id_entitlement_id_pk" PRIMARY KEY("code_id","entitlement_id")
);
--> statement-breakpoint
CREATE TABLE "activation_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "activation_codes_digest_unique" UNIQUE("digest"),
	CONSTRAINT "activation_codes_in_customer" UNIQUE("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "entitlement_assignments" (
	"customer_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlement_assignments_entitlement_id_user_id_pk" PRIMARY KEY("entitlement_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "entitlement_usage" (
	"customer_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"feature" text NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "entitlement_usage_entitlement_id_feature_pk" PRIMARY KEY("entitlement_id","feature"),
	CONSTRAINT "entitlement_usage_used" CHECK ("entitlement_usage"."used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"offering_id" uuid NOT NULL,
	"order_reference" text DEFAULT '' NOT NULL,
	"plan_type" text NOT NULL,
	"start_rule" text NOT NULL,
	"starts_at" timestamp with time zone,
	"term_length" text,
	"term_ends_at" timestamp with time zone,
	"offline_lease_period" text,
	"grace_period" text,
	"maintenance_ends_at" timestamp with time zone,
	"seats" integer NOT NULL,
	"overdraft_kind" text NOT NULL,
	"overdraft_value" integer NOT NULL,
	"seats_cap" integer GENERATED ALWAYS AS (least(2147483647, case when plan_type = 'trial' then seats::bigint else case overdraft_kind when 'none' then seats::bigint when 'absolute' then seats::bigint + overdraft_value when 'percent' then seats::bigint + seats::bigint * overdraft_value / 100 else 2147483647 end end)::integer) STORED NOT NULL,
	"seats_held" integer DEFAULT 0 NOT NULL,
	"release_rule" text NOT NULL,
	"features" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"disabled_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlements_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "entitlements_seats" CHECK ("entitlements"."seats" >= 0),
	CONSTRAINT "entitlements_seats_held" CHECK ("entitlements"."seats_held" between 0 and "entitlements"."seats_cap"),
	CONSTRAINT "entitlements_plan_type" CHECK ("entitlements"."plan_type" in ('perpetual', 'time-limited', 'trial', 'consumption', 'subscription')),
	CONSTRAINT "entitlements_start_rule" CHECK ("entitlements"."start_rule" in ('on-creation', 'on-first-activation', 'on-date')),
	CONSTRAINT "entitlements_started" CHECK ("entitlements"."starts_at" is not null or "entitlements"."start_rule" = 'on-first-activation'),
	CONSTRAINT "entitlements_term" CHECK ("entitlements"."term_ends_at" is null or "entitlements"."starts_at" is null or "entitlements"."term_ends_at" > "entitlements"."starts_at"),
	CONSTRAINT "entitlements_overdraft_kind" CHECK ("entitlements"."overdraft_kind" in ('none', 'absolute', 'percent', 'unlimited')),
	CONSTRAINT "entitlements_overdraft_value" CHECK ("entitlements"."overdraft_value" >= 0),
	CONSTRAINT "entitlements_release_rule" CHECK ("entitlements"."release_rule" in ('when-lease-ran-out', 'at-once')),
	CONSTRAINT "entitlements_revision" CHECK ("entitlements"."revision" >= 1)
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"customer_id" uuid,
	"user_id" uuid,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"action" text NOT NULL,
	"code" text,
	"entitlement_id" uuid,
	"device_id" uuid,
	"activation_id" uuid,
	"exchange_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exchanges" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"customer_id" uuid,
	"user_id" uuid,
	"actor" text NOT NULL,
	"via" text NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"submission_id" uuid,
	"answered_by" uuid,
	"file_name" text,
	"file_size" integer,
	"file_digest" text,
	"content" "bytea",
	"dialect" text,
	"request_key" text,
	"payload_digest" text,
	"product_code" text,
	"device_name" text,
	"entitlement_id" uuid,
	"device_id" uuid,
	"activation_id" uuid,
	"code" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"trouble_code" text,
	"reply_name" text,
	"reply" text,
	CONSTRAINT "exchanges_via" CHECK ("exchanges"."via" in ('browser', 'command-line', 'api')),
	CONSTRAINT "exchanges_kind" CHECK ("exchanges"."kind" in ('activation', 'deactivation', 'refresh', 'unknown')),
	CONSTRAINT "exchanges_outcome" CHECK ("exchanges"."outcome" in ('previewed', 'refused', 'granted', 'renewed', 'returned', 'repeated')),
	CONSTRAINT "exchanges_refused" CHECK (("exchanges"."outcome" = 'refused') = ("exchanges"."code" is not null)),
	CONSTRAINT "exchanges_repeated" CHECK (("exchanges"."outcome" = 'repeated') = ("exchanges"."answered_by" is not null)),
	CONSTRAINT "exchanges_reply" CHECK (("exchanges"."outcome" in ('granted', 'renewed')) = ("exchanges"."reply" is not null)),
	CONSTRAINT "exchanges_content" CHECK (octet_length("exchanges"."content") <= 65536)
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"user_id" uuid,
	"code_digest" text NOT NULL,
	"attempts_left" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "sign_in_codes_attempts" CHECK ("sign_in_codes"."attempts_left" >= 0)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"customer_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "users_role" CHECK ("users"."role" in ('member', 'customer_admin', 'support')),
	CONSTRAINT "users_customer" CHECK (("users"."role" = 'support') = ("users"."customer_id" is null)),
	CONSTRAINT "users_email" CHECK ("users"."email" = lower("users"."email") and position('@' in "users"."email") > 1)
);
--> statement-breakpoint
CREATE TABLE "exchange_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	"opens_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"alg" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_sealed" text NOT NULL,
	"certificate" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "vendor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"single" boolean DEFAULT true NOT NULL,
	"name" text NOT NULL,
	"accent" text NOT NULL,
	"support_contact" text NOT NULL,
	"root_jwk" jsonb NOT NULL,
	"code_key_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_single_unique" UNIQUE("single"),
	CONSTRAINT "vendor_single" CHECK ("vendor"."single")
);
--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_components" ADD CONSTRAINT "device_components_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_code_entitlements" ADD CONSTRAINT "activation_code_entitlements_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_code_entitlements" ADD CONSTRAINT "activation_code_entitlements_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD CONSTRAINT "activation_codes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_assignments" ADD CONSTRAINT "entitlement_assignments_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_assignments" ADD CONSTRAINT "entitlement_assignments_customer_id_user_id_users_customer_id_id_fk" FOREIGN KEY ("customer_id","user_id") REFERENCES "public"."users"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_usage" ADD CONSTRAINT "entitlement_usage_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD CONSTRAINT "sign_in_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "activations_live" ON "activations" USING btree ("entitlement_id","device_id") WHERE state in ('active', 'lease_expired');--> statement-breakpoint
CREATE UNIQUE INDEX "activations_live_key" ON "activations" USING btree ("dialect","device_key") WHERE state in ('active', 'lease_expired', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_key" ON "activations" USING btree ("device_key");--> statement-breakpoint
CREATE INDEX "activations_device" ON "activations" USING btree ("device_id");--> statement-breakpoint
CREATE INDEX "activations_holding" ON "activations" USING btree ("entitlement_id","runs_out_at") WHERE state in ('active', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_listed" ON "activations" USING btree ("entitlement_id","activated_at","id");--> statement-breakpoint
CREATE INDEX "device_components_digest" ON "device_components" USING btree ("customer_id","digest") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "devices_last_seen" ON "devices" USING btree ("customer_id","last_seen_at","id");--> statement-breakpoint
CREATE INDEX "activation_code_entitlements_entitlement" ON "activation_code_entitlements" USING btree ("entitlement_id");--> statement-breakpoint
CREATE INDEX "entitlement_assignments_user" ON "entitlement_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_entries_customer" ON "audit_entries" USING btree ("customer_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_entitlement" ON "audit_entries" USING btree ("entitlement_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "exchanges_answered" ON "exchanges" USING btree ("request_key") WHERE outcome in ('granted', 'renewed', 'returned');--> statement-breakpoint
CREATE INDEX "exchanges_user" ON "exchanges" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_customer" ON "exchanges" USING btree ("customer_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_device" ON "exchanges" USING btree ("device_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_activation" ON "exchanges" USING btree ("activation_id","at");--> statement-breakpoint
CREATE INDEX "exchanges_entitlement" ON "exchanges" USING btree ("entitlement_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_submission" ON "exchanges" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "exchanges_trouble_code" ON "exchanges" USING btree ("trouble_code");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_codes_email" ON "sign_in_codes" USING btree ("email","created_at");