CREATE TABLE "activations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"device_key" text NOT NULL,
	"device_jwk" jsonb,
	"code_id" uuid,
	"reply_to" jsonb NOT NULL,
	"fingerprint" jsonb NOT NULL,
	"earlier_fingerprints" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text NOT NULL,
	"lease_sequence" integer NOT NULL,
	"lease_starts_at" timestamp with time zone NOT NULL,
	"lease_ends_at" timestamp with time zone NOT NULL,
	"grace_ends_at" timestamp with time zone,
	"runs_out_at" timestamp with time zone NOT NULL,
	"activated_at" timestamp with time zone NOT NULL,
	"activated_by" uuid,
	"released_at" timestamp with time zone,
	"released_by" uuid,
	"release_kind" text,
	"release_reason" text,
	"replaced_by" uuid,
	"freed_at" timestamp with time zone,
	"came_back_at" timestamp with time zone,
	CONSTRAINT "activations_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "activations_state" CHECK ("activations"."state" in ('active', 'lease_expired', 'releasing', 'released', 'revoked', 'replaced')),
	CONSTRAINT "activations_runs_out" CHECK ("activations"."runs_out_at" >= coalesce("activations"."grace_ends_at", "activations"."lease_ends_at")),
	CONSTRAINT "activations_sequence" CHECK ("activations"."lease_sequence" >= 1),
	CONSTRAINT "activations_release_kind" CHECK ("activations"."release_kind" in ('deactivated', 'released', 'revoked')),
	CONSTRAINT "activations_freed" CHECK ("activations"."freed_at" is null or "activations"."state" in ('released', 'replaced')),
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
CREATE TABLE "audit_watermark" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"sealed_up_to" bigint NOT NULL,
	CONSTRAINT "audit_watermark_only_row" CHECK ("audit_watermark"."only_row")
);
--> statement-breakpoint
CREATE TABLE "calendar_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_digest" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_fetched_at" timestamp with time zone,
	CONSTRAINT "calendar_links_secret_digest_unique" UNIQUE("secret_digest")
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
	"release_roles" text[] DEFAULT '{customer_admin,support}' NOT NULL,
	"release_approval" boolean DEFAULT false NOT NULL,
	"release_independent" boolean DEFAULT false NOT NULL,
	"release_limit" integer,
	"release_limit_days" integer,
	"reinstall_limit" integer,
	"reinstall_days" integer,
	"return_limit" integer,
	"return_days" integer,
	"dialects" text[] DEFAULT '{"native"}' NOT NULL,
	"features" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offerings_code_unique" UNIQUE("code"),
	CONSTRAINT "offerings_plan_type" CHECK ("offerings"."plan_type" in ('perpetual', 'time-limited', 'trial', 'consumption', 'subscription')),
	CONSTRAINT "offerings_start_rule" CHECK ("offerings"."start_rule" in ('on-creation', 'on-first-activation', 'on-date')),
	CONSTRAINT "offerings_overdraft_kind" CHECK ("offerings"."overdraft_kind" in ('none', 'absolute', 'percent', 'unlimited')),
	CONSTRAINT "offerings_overdraft_value" CHECK ("offerings"."overdraft_value" >= 0),
	CONSTRAINT "offerings_release_rule" CHECK ("offerings"."release_rule" in ('when-lease-ran-out', 'at-once')),
	CONSTRAINT "offerings_release_roles" CHECK ("offerings"."release_roles" <@ array['member', 'customer_admin', 'support']),
	CONSTRAINT "offerings_release_limit" CHECK (("offerings"."release_limit" is null) = ("offerings"."release_limit_days" is null)),
	CONSTRAINT "offerings_allowances" CHECK (least("offerings"."reinstall_days", "offerings"."return_days") >= 1),
	CONSTRAINT "offerings_allowance_limits" CHECK (least("offerings"."reinstall_limit", "offerings"."return_limit") >= 0),
	CONSTRAINT "offerings_dialects" CHECK (cardinality("offerings"."dialects") >= 1),
	CONSTRAINT "offerings_release_limits" CHECK ("offerings"."release_limit" >= 1 and "offerings"."release_limit_days" >= 1)
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"fingerprint_required" integer DEFAULT 2 NOT NULL,
	"fingerprint_components" text[] DEFAULT '{"cpu","hostname","mac","machine","memory"}' NOT NULL,
	"fingerprint_must" text[] DEFAULT '{}' NOT NULL,
	"greatest_request_age" text,
	"guest_exchange" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"is_bundle" boolean DEFAULT false NOT NULL,
	"minimum_schema" integer DEFAULT 2 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_code_unique" UNIQUE("code"),
	CONSTRAINT "products_fingerprint_required" CHECK ("products"."fingerprint_required" between 1 and 16),
	CONSTRAINT "products_fingerprint_must" CHECK ("products"."fingerprint_must" <@ "products"."fingerprint_components"),
	CONSTRAINT "products_minimum_schema" CHECK ("products"."minimum_schema" in (1, 2))
);
--> statement-breakpoint
CREATE TABLE "claim_mails" (
	"claim_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"tells" text NOT NULL,
	"wanted_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"outcome" text,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "claim_mails_claim_id_user_id_tells_pk" PRIMARY KEY("claim_id","user_id","tells"),
	CONSTRAINT "claim_mails_tells" CHECK ("claim_mails"."tells" in ('asked', 'approved', 'refused', 'withdrawn', 'closed', 'tied')),
	CONSTRAINT "claim_mails_outcome" CHECK ("claim_mails"."outcome" in ('accepted', 'refused', 'failed')),
	CONSTRAINT "claim_mails_settled" CHECK (("claim_mails"."settled_at" is null) = ("claim_mails"."outcome" is null or "claim_mails"."outcome" = 'failed'))
);
--> statement-breakpoint
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
	"ties" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "claims_state" CHECK ("claims"."state" in ('open', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "claims_reason" CHECK ("claims"."reason" in ('lost', 'stolen', 'broken', 'sold', 'reinstalled', 'other')),
	CONSTRAINT "claims_decided" CHECK (("claims"."state" = 'open') = ("claims"."decided_at" is null)),
	CONSTRAINT "claims_ties" CHECK ("claims"."ties" <@ array['approver-young', 'invited-by-claimant', 'claimant-invited-and-young']),
	CONSTRAINT "claims_not_by_claimant" CHECK ("claims"."state" = 'withdrawn' or "claims"."decided_by" <> "claims"."claimant_id")
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
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"name" text NOT NULL,
	"asset_tag" text,
	"platform" text NOT NULL,
	"hostname" text,
	"app_version" text,
	"fingerprint_version" integer NOT NULL,
	"fingerprint_key" text NOT NULL,
	"clock_skew_seconds" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "devices_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "devices_fingerprint" UNIQUE("customer_id","fingerprint_key"),
	CONSTRAINT "devices_asset_tag" CHECK (length("devices"."asset_tag") between 1 and 64)
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
	"seats" integer,
	"bundle_id" uuid,
	CONSTRAINT "activation_codes_digest_unique" UNIQUE("digest"),
	CONSTRAINT "activation_codes_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "activation_codes_seats" CHECK ("activation_codes"."seats" >= 0)
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
	"release_roles" text[] DEFAULT '{customer_admin,support}' NOT NULL,
	"release_approval" boolean DEFAULT false NOT NULL,
	"release_independent" boolean DEFAULT false NOT NULL,
	"release_limit" integer,
	"release_limit_days" integer,
	"reinstall_limit" integer,
	"reinstall_days" integer,
	"return_limit" integer,
	"return_days" integer,
	"dialects" text[] DEFAULT '{"native"}' NOT NULL,
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
	CONSTRAINT "entitlements_release_roles" CHECK ("entitlements"."release_roles" <@ array['member', 'customer_admin', 'support']),
	CONSTRAINT "entitlements_release_limit" CHECK (("entitlements"."release_limit" is null) = ("entitlements"."release_limit_days" is null)),
	CONSTRAINT "entitlements_allowances" CHECK (least("entitlements"."reinstall_days", "entitlements"."return_days") >= 1),
	CONSTRAINT "entitlements_allowance_limits" CHECK (least("entitlements"."reinstall_limit", "entitlements"."return_limit") >= 0),
	CONSTRAINT "entitlements_dialects" CHECK (cardinality("entitlements"."dialects") >= 1),
	CONSTRAINT "entitlements_release_limits" CHECK ("entitlements"."release_limit" >= 1 and "entitlements"."release_limit_days" >= 1),
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
	"trouble_code" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exchanges" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"customer_id" uuid,
	"user_id" uuid,
	"visitor_id" uuid,
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
	"kind_asked" text,
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
	"reply" "bytea",
	CONSTRAINT "exchanges_via" CHECK ("exchanges"."via" in ('browser', 'command-line', 'api')),
	CONSTRAINT "exchanges_kind" CHECK ("exchanges"."kind" in ('activation', 'deactivation', 'refresh', 'licence-file', 'activation-proof', 'unknown')),
	CONSTRAINT "exchanges_outcome" CHECK ("exchanges"."outcome" in ('previewed', 'refused', 'granted', 'renewed', 'issued', 'returned', 'repeated')),
	CONSTRAINT "exchanges_refused" CHECK (("exchanges"."outcome" = 'refused') = ("exchanges"."code" is not null)),
	CONSTRAINT "exchanges_repeated" CHECK (("exchanges"."outcome" = 'repeated') = ("exchanges"."answered_by" is not null)),
	CONSTRAINT "exchanges_reply" CHECK (("exchanges"."outcome" in ('granted', 'renewed', 'issued')) = ("exchanges"."reply" is not null)),
	CONSTRAINT "exchanges_content" CHECK (octet_length("exchanges"."content") <= 65568),
	CONSTRAINT "exchanges_kind_asked" CHECK ("exchanges"."kind_asked" in ('activation', 'deactivation'))
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
	CONSTRAINT "inspections_content" CHECK (octet_length("inspections"."content") <= 65568)
);
--> statement-breakpoint
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
	"proofs" boolean DEFAULT false NOT NULL,
	"makes_keys" boolean DEFAULT true NOT NULL,
	CONSTRAINT "keygen_policies_ttl" CHECK ("keygen_policies"."ttl_seconds" between 3600 and 3155695200),
	CONSTRAINT "keygen_policies_algorithm" CHECK ("keygen_policies"."algorithm" in ('ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256')),
	CONSTRAINT "keygen_policies_unique_in" CHECK ("keygen_policies"."fingerprint_unique_in" in ('licence', 'product', 'vendor'))
);
--> statement-breakpoint
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
CREATE TABLE "session_codes" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"code_digest" text NOT NULL,
	"attempts_left" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_codes_attempts" CHECK ("session_codes"."attempts_left" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proved_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"viewed_user_id" uuid,
	"viewing_ends_at" timestamp with time zone,
	CONSTRAINT "sessions_viewing" CHECK ("sessions"."viewed_user_id" is null or "sessions"."viewing_ends_at" is not null)
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
	"joined_at" timestamp with time zone DEFAULT now(),
	"disabled_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"active" boolean GENERATED ALWAYS AS ((joined_at is not null and disabled_at is null)) STORED NOT NULL,
	"invited_at" timestamp with time zone,
	"invited_by" uuid,
	"invitation_mail" text,
	"invitation_mail_at" timestamp with time zone,
	"invitation_answer" text,
	CONSTRAINT "users_in_customer" UNIQUE("customer_id","id"),
	CONSTRAINT "users_address_in_customer" UNIQUE("customer_id","email"),
	CONSTRAINT "users_role" CHECK ("users"."role" in ('member', 'customer_admin', 'support')),
	CONSTRAINT "users_customer" CHECK (("users"."role" = 'support') = ("users"."customer_id" is null)),
	CONSTRAINT "users_waiting" CHECK ("users"."joined_at" is not null or "users"."invited_at" is not null),
	CONSTRAINT "users_deleted" CHECK ("users"."deleted_at" is null or "users"."disabled_at" is not null),
	CONSTRAINT "users_invitation_mail" CHECK ("users"."invitation_mail" in ('accepted', 'refused', 'failed')),
	CONSTRAINT "users_email" CHECK ("users"."email" = lower("users"."email") and position('@' in "users"."email") > 1)
);
--> statement-breakpoint
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
CREATE TABLE "pending_sign_ins" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"token_digest" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pending_sign_ins_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"greatest_step" bigint DEFAULT 0 NOT NULL,
	"recovery_digests" text[] DEFAULT '{}' NOT NULL,
	"undo_digest" text,
	"undo_ends_at" timestamp with time zone,
	CONSTRAINT "second_factors_undo_digest_unique" UNIQUE("undo_digest"),
	CONSTRAINT "second_factors_undo" CHECK (("second_factors"."undo_digest" is null) = ("second_factors"."undo_ends_at" is null)),
	CONSTRAINT "second_factors_recovery" CHECK (cardinality("second_factors"."recovery_digests") <= 8)
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
CREATE TABLE "key_revision" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "key_revision_single" CHECK ("key_revision"."id")
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
	"id" text PRIMARY KEY NOT NULL,
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
ALTER TABLE "activations" ADD CONSTRAINT "activations_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_chain_sequence_audit_seals_chain_sequence_fk" FOREIGN KEY ("chain","sequence") REFERENCES "public"."audit_seals"("chain","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_audit_id_audit_entries_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_mails" ADD CONSTRAINT "claim_mails_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_mails" ADD CONSTRAINT "claim_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_claimant_id_users_id_fk" FOREIGN KEY ("claimant_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_components" ADD CONSTRAINT "device_components_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_notes" ADD CONSTRAINT "device_notes_customer_id_device_id_devices_customer_id_id_fk" FOREIGN KEY ("customer_id","device_id") REFERENCES "public"."devices"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_code_entitlements" ADD CONSTRAINT "activation_code_entitlements_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_code_entitlements" ADD CONSTRAINT "activation_code_entitlements_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD CONSTRAINT "activation_codes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_codes" ADD CONSTRAINT "activation_codes_bundle_id_products_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_issuer_kid_keygen_issuers_kid_fk" FOREIGN KEY ("issuer_kid") REFERENCES "public"."keygen_issuers"("kid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_keys" ADD CONSTRAINT "keygen_keys_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keygen_policies" ADD CONSTRAINT "keygen_policies_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licensespring_issuer" ADD CONSTRAINT "licensespring_issuer_vendor_id_vendor_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licensespring_licences" ADD CONSTRAINT "licensespring_licences_customer_id_entitlement_id_entitlements_customer_id_id_fk" FOREIGN KEY ("customer_id","entitlement_id") REFERENCES "public"."entitlements"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licensespring_users" ADD CONSTRAINT "licensespring_users_customer_id_code_id_activation_codes_customer_id_id_fk" FOREIGN KEY ("customer_id","code_id") REFERENCES "public"."activation_codes"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_codes" ADD CONSTRAINT "session_codes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_viewed_user_id_users_id_fk" FOREIGN KEY ("viewed_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD CONSTRAINT "sign_in_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease_reminders" ADD CONSTRAINT "lease_reminders_customer_id_user_id_users_customer_id_id_fk" FOREIGN KEY ("customer_id","user_id") REFERENCES "public"."users"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease_reminders" ADD CONSTRAINT "lease_reminders_customer_id_activation_id_activations_customer_id_id_fk" FOREIGN KEY ("customer_id","activation_id") REFERENCES "public"."activations"("customer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_files" ADD CONSTRAINT "reminder_files_activation_id_lease_sequence_leases_activation_id_sequence_fk" FOREIGN KEY ("activation_id","lease_sequence") REFERENCES "public"."leases"("activation_id","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_settings" ADD CONSTRAINT "reminder_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_sign_ins" ADD CONSTRAINT "pending_sign_ins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "activations_live" ON "activations" USING btree ("entitlement_id","device_id") WHERE state in ('active', 'lease_expired');--> statement-breakpoint
CREATE UNIQUE INDEX "activations_live_key" ON "activations" USING btree ("dialect","device_key") WHERE state in ('active', 'lease_expired', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_key" ON "activations" USING btree ("device_key");--> statement-breakpoint
CREATE INDEX "activations_device" ON "activations" USING btree ("device_id");--> statement-breakpoint
CREATE INDEX "activations_code" ON "activations" USING btree ("entitlement_id","code_id") WHERE code_id is not null and state in ('active', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_machine_fingerprint" ON "activations" USING btree ("dialect",(fingerprint -> 'components' ->> 'fingerprint')) WHERE (fingerprint -> 'components' ->> 'fingerprint') is not null;--> statement-breakpoint
CREATE INDEX "activations_came_back" ON "activations" USING btree ("device_id") WHERE came_back_at is not null;--> statement-breakpoint
CREATE INDEX "activations_holding" ON "activations" USING btree ("entitlement_id","runs_out_at") WHERE state in ('active', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_run_out" ON "activations" USING btree ("runs_out_at") WHERE state in ('active', 'releasing');--> statement-breakpoint
CREATE INDEX "activations_released_without_proof" ON "activations" USING btree ("entitlement_id","released_at") WHERE release_kind = 'released';--> statement-breakpoint
CREATE INDEX "activations_freed" ON "activations" USING btree ("entitlement_id","release_kind","freed_at") WHERE freed_at is not null;--> statement-breakpoint
CREATE INDEX "activations_listed" ON "activations" USING btree ("entitlement_id","activated_at","id");--> statement-breakpoint
CREATE INDEX "activations_lease_ends" ON "activations" USING btree ("lease_ends_at","id") WHERE state in ('active', 'lease_expired');--> statement-breakpoint
CREATE INDEX "activations_lease_ends_of_customer" ON "activations" USING btree ("customer_id","lease_ends_at","id") WHERE state in ('active', 'lease_expired');--> statement-breakpoint
CREATE INDEX "leases_ends_of_customer" ON "leases" USING btree ("customer_id","ends_at");--> statement-breakpoint
CREATE INDEX "claim_mails_waiting" ON "claim_mails" USING btree ("wanted_at") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "claims_open" ON "claims" USING btree ("activation_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "claims_waiting" ON "claims" USING btree ("customer_id","opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "claims_opened" ON "claims" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "claims_activation" ON "claims" USING btree ("activation_id","opened_at");--> statement-breakpoint
CREATE INDEX "claims_closed" ON "claims" USING btree ("customer_id","decided_at","id");--> statement-breakpoint
CREATE INDEX "claims_closed_of_all" ON "claims" USING btree ("decided_at","id") WHERE state <> 'open';--> statement-breakpoint
CREATE INDEX "device_components_start" ON "device_components" USING btree ("digest" collate "C","device_id");--> statement-breakpoint
CREATE INDEX "device_components_digest" ON "device_components" USING btree ("customer_id","digest") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "device_notes_device" ON "device_notes" USING btree ("device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "devices_last_seen" ON "devices" USING btree ("customer_id","last_seen_at","id");--> statement-breakpoint
CREATE INDEX "devices_last_seen_of_all" ON "devices" USING btree ("last_seen_at","id");--> statement-breakpoint
CREATE INDEX "devices_name_start" ON "devices" USING btree (lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "devices_asset_tag_start" ON "devices" USING btree (lower("asset_tag") collate "C","id");--> statement-breakpoint
CREATE INDEX "devices_hostname_start" ON "devices" USING btree (lower("hostname") collate "C","id");--> statement-breakpoint
CREATE INDEX "activation_code_entitlements_entitlement" ON "activation_code_entitlements" USING btree ("entitlement_id");--> statement-breakpoint
CREATE INDEX "activation_codes_last_four" ON "activation_codes" USING btree ("last_four","created_at");--> statement-breakpoint
CREATE INDEX "entitlement_assignments_user" ON "entitlement_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "entitlements_order_start" ON "entitlements" USING btree (lower("order_reference") collate "C","id") WHERE order_reference <> '';--> statement-breakpoint
CREATE INDEX "audit_entries_customer" ON "audit_entries" USING btree ("customer_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_entitlement" ON "audit_entries" USING btree ("entitlement_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_device" ON "audit_entries" USING btree ("device_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_user" ON "audit_entries" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING brin ("at");--> statement-breakpoint
CREATE INDEX "audit_entries_refused" ON "audit_entries" USING btree ("customer_id","id") WHERE code is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_all_refused" ON "audit_entries" USING btree ("id") WHERE code is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_trouble_code" ON "audit_entries" USING btree ("trouble_code","id") WHERE trouble_code is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "exchanges_answered" ON "exchanges" USING btree ("request_key") WHERE outcome in ('granted', 'renewed', 'returned');--> statement-breakpoint
CREATE INDEX "exchanges_user" ON "exchanges" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_customer" ON "exchanges" USING btree ("customer_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_answers_of_all" ON "exchanges" USING btree ("at","id") WHERE outcome in ('granted', 'renewed', 'issued', 'returned');--> statement-breakpoint
CREATE INDEX "exchanges_device" ON "exchanges" USING btree ("device_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_activation" ON "exchanges" USING btree ("activation_id","at");--> statement-breakpoint
CREATE INDEX "exchanges_entitlement" ON "exchanges" USING btree ("entitlement_id","at","id");--> statement-breakpoint
CREATE INDEX "exchanges_submission" ON "exchanges" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "exchanges_trouble_code" ON "exchanges" USING btree ("trouble_code");--> statement-breakpoint
CREATE INDEX "exchanges_request_id" ON "exchanges" USING btree (split_part(request_key, ':', 3) collate "C");--> statement-breakpoint
CREATE INDEX "exchanges_file" ON "exchanges" USING btree ("file_digest");--> statement-breakpoint
CREATE INDEX "exchanges_kept" ON "exchanges" USING btree ("customer_id","at") WHERE content is not null;--> statement-breakpoint
CREATE INDEX "exchanges_unreadable" ON "exchanges" USING btree ("user_id","at","id") WHERE content is not null and kind = 'unknown';--> statement-breakpoint
CREATE INDEX "inspections_kept" ON "inspections" USING btree ("at") WHERE content is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "keygen_issuers_in_use" ON "keygen_issuers" USING btree (("retired_at" is null)) WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "customers_code_start" ON "customers" USING btree (lower("code") collate "C","id");--> statement-breakpoint
CREATE INDEX "customers_name_start" ON "customers" USING btree (lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_viewing" ON "sessions" USING btree ("viewing_ends_at") WHERE viewed_user_id is not null;--> statement-breakpoint
CREATE INDEX "sign_in_codes_email" ON "sign_in_codes" USING btree ("email","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_address" ON "users" USING btree ("email") WHERE active;--> statement-breakpoint
CREATE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "users_waiting" ON "users" USING btree ("invited_at") WHERE joined_at is null and disabled_at is null;--> statement-breakpoint
CREATE INDEX "users_of_customer" ON "users" USING btree ("customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "users_email_start" ON "users" USING btree (lower("email") collate "C","id");--> statement-breakpoint
CREATE INDEX "users_name_start" ON "users" USING btree (lower("name") collate "C","id");