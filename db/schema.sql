-- The migrated schema as the database sees it. Written by `npm run schema`; a test compares it.

-- tables and columns
activation_code_entitlements.customer_id uuid not null
activation_code_entitlements.code_id uuid not null
activation_code_entitlements.entitlement_id uuid not null
activation_codes.id uuid not null default gen_random_uuid()
activation_codes.customer_id uuid not null
activation_codes.digest text not null
activation_codes.last_four text not null
activation_codes.created_at timestamp with time zone not null default now()
activation_codes.withdrawn_at timestamp with time zone
activation_codes.seats integer
activation_codes.bundle_id uuid
activations.id uuid not null default gen_random_uuid()
activations.customer_id uuid not null
activations.entitlement_id uuid not null
activations.device_id uuid not null
activations.dialect text not null
activations.device_key text not null
activations.device_jwk jsonb
activations.code_id uuid
activations.reply_to jsonb not null
activations.fingerprint jsonb not null
activations.earlier_fingerprints jsonb not null default '[]'::jsonb
activations.state text not null
activations.lease_sequence integer not null
activations.lease_starts_at timestamp with time zone not null
activations.lease_ends_at timestamp with time zone not null
activations.grace_ends_at timestamp with time zone
activations.runs_out_at timestamp with time zone not null
activations.activated_at timestamp with time zone not null
activations.activated_by uuid
activations.released_at timestamp with time zone
activations.released_by uuid
activations.release_kind text
activations.release_reason text
activations.replaced_by uuid
activations.freed_at timestamp with time zone
activations.came_back_at timestamp with time zone
audit_checkpoints.chain text not null
audit_checkpoints.sequence bigint not null
audit_checkpoints.hash text not null
audit_checkpoints.token text not null
audit_checkpoints.at timestamp with time zone not null
audit_entries.id bigint not null generated always as identity
audit_entries.at timestamp with time zone not null
audit_entries.customer_id uuid
audit_entries.user_id uuid
audit_entries.actor text not null
audit_entries.role text not null
audit_entries.action text not null
audit_entries.code text
audit_entries.entitlement_id uuid
audit_entries.device_id uuid
audit_entries.activation_id uuid
audit_entries.exchange_id uuid
audit_entries.trouble_code text
audit_entries.detail jsonb not null default '{}'::jsonb
audit_seals.chain text not null
audit_seals.sequence bigint not null
audit_seals.audit_id bigint not null
audit_seals.hash text not null
audit_watermark.only_row boolean not null default true
audit_watermark.sealed_up_to bigint not null
calendar_links.user_id uuid not null
calendar_links.secret_digest text not null
calendar_links.created_at timestamp with time zone not null default now()
calendar_links.last_fetched_at timestamp with time zone
claim_mails.claim_id uuid not null
claim_mails.user_id uuid not null
claim_mails.tells text not null
claim_mails.wanted_at timestamp with time zone not null
claim_mails.claimed_at timestamp with time zone not null
claim_mails.settled_at timestamp with time zone
claim_mails.outcome text
claim_mails.answer text not null default ''::text
claims.id uuid not null default gen_random_uuid()
claims.customer_id uuid not null
claims.activation_id uuid not null
claims.claimant_id uuid not null
claims.reason text not null
claims.note text not null default ''::text
claims.state text not null default 'open'::text
claims.opened_at timestamp with time zone not null
claims.decided_at timestamp with time zone
claims.decided_by uuid
claims.answer text not null default ''::text
claims.ties text[] not null default '{}'::text[]
customers.id uuid not null default gen_random_uuid()
customers.code text not null
customers.name text not null
customers.created_at timestamp with time zone not null default now()
device_components.customer_id uuid not null
device_components.device_id uuid not null
device_components.name text not null
device_components.digest text not null
device_components.seen_at timestamp with time zone not null
device_components.gone_at timestamp with time zone
device_notes.id uuid not null default gen_random_uuid()
device_notes.customer_id uuid not null
device_notes.device_id uuid not null
device_notes.created_at timestamp with time zone not null default now()
device_notes.author text not null
device_notes.body text not null
devices.id uuid not null default gen_random_uuid()
devices.customer_id uuid not null
devices.dialect text not null
devices.name text not null
devices.asset_tag text
devices.platform text not null
devices.hostname text
devices.app_version text
devices.fingerprint_version integer not null
devices.fingerprint_key text not null
devices.clock_skew_seconds integer not null
devices.first_seen_at timestamp with time zone not null
devices.last_seen_at timestamp with time zone not null
entitlement_assignments.customer_id uuid not null
entitlement_assignments.entitlement_id uuid not null
entitlement_assignments.user_id uuid not null
entitlement_assignments.created_at timestamp with time zone not null default now()
entitlement_usage.customer_id uuid not null
entitlement_usage.entitlement_id uuid not null
entitlement_usage.feature text not null
entitlement_usage.used bigint not null
entitlements.id uuid not null default gen_random_uuid()
entitlements.customer_id uuid not null
entitlements.offering_id uuid not null
entitlements.order_reference text not null default ''::text
entitlements.plan_type text not null
entitlements.start_rule text not null
entitlements.starts_at timestamp with time zone
entitlements.term_length text
entitlements.term_ends_at timestamp with time zone
entitlements.offline_lease_period text
entitlements.grace_period text
entitlements.maintenance_ends_at timestamp with time zone
entitlements.seats integer not null
entitlements.overdraft_kind text not null
entitlements.overdraft_value integer not null
entitlements.seats_cap integer not null generated always as ((LEAST((2147483647)::bigint,
CASE
    WHEN (plan_type = 'trial'::text) THEN (seats)::bigint
    ELSE
    CASE overdraft_kind
        WHEN 'none'::text THEN (seats)::bigint
        WHEN 'absolute'::text THEN ((seats)::bigint + overdraft_value)
        WHEN 'percent'::text THEN ((seats)::bigint + (((seats)::bigint * overdraft_value) / 100))
        ELSE (2147483647)::bigint
    END
END))::integer) stored
entitlements.seats_held integer not null default 0
entitlements.release_rule text not null
entitlements.release_roles text[] not null default '{customer_admin,support}'::text[]
entitlements.release_approval boolean not null default false
entitlements.release_independent boolean not null default false
entitlements.release_limit integer
entitlements.release_limit_days integer
entitlements.reinstall_limit integer
entitlements.reinstall_days integer
entitlements.return_limit integer
entitlements.return_days integer
entitlements.dialects text[] not null default '{native}'::text[]
entitlements.features jsonb not null
entitlements.attributes jsonb not null
entitlements.disabled_at timestamp with time zone
entitlements.revision integer not null default 1
entitlements.created_at timestamp with time zone not null default now()
exchange_keys.kid text not null
exchange_keys.public_jwk jsonb not null
exchange_keys.private_sealed text not null
exchange_keys.created_at timestamp with time zone not null default now()
exchange_keys.retired_at timestamp with time zone
exchange_keys.opens_until timestamp with time zone
exchanges.id uuid not null default gen_random_uuid()
exchanges.at timestamp with time zone not null
exchanges.customer_id uuid
exchanges.user_id uuid
exchanges.visitor_id uuid
exchanges.actor text not null
exchanges.via text not null
exchanges.kind text not null
exchanges.outcome text not null
exchanges.submission_id uuid
exchanges.answered_by uuid
exchanges.file_name text
exchanges.file_size integer
exchanges.file_digest text
exchanges.content bytea
exchanges.kind_asked text
exchanges.dialect text
exchanges.request_key text
exchanges.payload_digest text
exchanges.product_code text
exchanges.device_name text
exchanges.entitlement_id uuid
exchanges.device_id uuid
exchanges.activation_id uuid
exchanges.code text
exchanges.facts jsonb not null default '{}'::jsonb
exchanges.trouble_code text
exchanges.reply_name text
exchanges.reply bytea
inspections.id uuid not null default gen_random_uuid()
inspections.at timestamp with time zone not null
inspections.actor text not null
inspections.file_name text
inspections.file_size integer not null
inspections.file_digest text not null
inspections.content bytea
key_revision.id boolean not null default true
key_revision.revision bigint not null
keygen_issuers.kid text not null
keygen_issuers.account uuid not null
keygen_issuers.public_pems jsonb not null
keygen_issuers.private_sealed text not null
keygen_issuers.created_at timestamp with time zone not null default now()
keygen_issuers.retired_at timestamp with time zone
keygen_keys.entitlement_id uuid not null
keygen_keys.customer_id uuid not null
keygen_keys.code_id uuid not null
keygen_keys.issuer_kid text not null
keygen_keys.scheme text
keygen_keys.key_sealed text not null
keygen_keys.created_at timestamp with time zone not null default now()
keygen_policies.offering_id uuid not null
keygen_policies.scheme text
keygen_policies.ttl_seconds bigint
keygen_policies.algorithm text not null
keygen_policies.encrypted boolean not null
keygen_policies.licence_includes text[] not null
keygen_policies.machine_includes text[] not null
keygen_policies.key_template text
keygen_policies.proof_template text
keygen_policies.fingerprint_unique_in text not null
keygen_policies.needs_fingerprint boolean not null
keygen_policies.guests boolean not null
keygen_policies.proofs boolean not null default false
keygen_policies.makes_keys boolean not null default true
lease_reminders.customer_id uuid not null
lease_reminders.user_id uuid not null
lease_reminders.activation_id uuid not null
lease_reminders.lease_sequence integer not null
lease_reminders.days integer not null
lease_reminders.claimed_at timestamp with time zone not null
lease_reminders.settled_at timestamp with time zone
lease_reminders.outcome text
leases.customer_id uuid not null
leases.activation_id uuid not null
leases.sequence integer not null
leases.starts_at timestamp with time zone not null
leases.ends_at timestamp with time zone not null
leases.grace_ends_at timestamp with time zone
leases.exchange_id uuid not null
licensespring_clients.id text not null
licensespring_clients.kind text not null
licensespring_clients.secret_sealed text not null
licensespring_clients.label text not null default ''::text
licensespring_clients.product_codes text[]
licensespring_clients.created_at timestamp with time zone not null default now()
licensespring_clients.withdrawn_at timestamp with time zone
licensespring_issuer.vendor_id text not null
licensespring_issuer.company_id bigint not null
licensespring_issuer.kid text not null
licensespring_issuer.public_pem text not null
licensespring_issuer.private_sealed text not null
licensespring_issuer.created_at timestamp with time zone not null default now()
licensespring_licences.entitlement_id uuid not null
licensespring_licences.customer_id uuid not null
licensespring_licences.licence_type text not null
licensespring_licences.prevent_vm boolean not null default false
licensespring_licences.max_transfers bigint not null default 0
licensespring_licences.max_overages bigint not null default 0
licensespring_licences.floating jsonb
licensespring_licences.custom_fields jsonb not null default '{}'::jsonb
licensespring_licences.feature_ends jsonb not null default '{}'::jsonb
licensespring_licences.blacklist text[] not null default '{}'::text[]
licensespring_licences.created_at timestamp with time zone not null default now()
licensespring_users.code_id uuid not null
licensespring_users.customer_id uuid not null
licensespring_users.username text not null
licensespring_users.password_hash text not null
licensespring_users.is_initial_password boolean not null default true
licensespring_users.first_name text not null default ''::text
licensespring_users.last_name text not null default ''::text
licensespring_users.phone_number text not null default ''::text
licensespring_users.created_at timestamp with time zone not null default now()
offerings.id uuid not null default gen_random_uuid()
offerings.product_id uuid not null
offerings.code text not null
offerings.edition text not null
offerings.plan_type text not null
offerings.start_rule text not null
offerings.term_length text
offerings.offline_lease_period text
offerings.grace_period text
offerings.maintenance_length text
offerings.overdraft_kind text not null default 'none'::text
offerings.overdraft_value integer not null default 0
offerings.release_rule text not null default 'when-lease-ran-out'::text
offerings.release_roles text[] not null default '{customer_admin,support}'::text[]
offerings.release_approval boolean not null default false
offerings.release_independent boolean not null default false
offerings.release_limit integer
offerings.release_limit_days integer
offerings.reinstall_limit integer
offerings.reinstall_days integer
offerings.return_limit integer
offerings.return_days integer
offerings.dialects text[] not null default '{native}'::text[]
offerings.features jsonb not null default '[]'::jsonb
offerings.attributes jsonb not null default '{}'::jsonb
offerings.created_at timestamp with time zone not null default now()
pending_sign_ins.user_id uuid not null
pending_sign_ins.token_digest text not null
pending_sign_ins.created_at timestamp with time zone not null default now()
pending_sign_ins.expires_at timestamp with time zone not null
products.id uuid not null default gen_random_uuid()
products.code text not null
products.name text not null
products.fingerprint_required integer not null default 2
products.fingerprint_components text[] not null default '{cpu,hostname,mac,machine,memory}'::text[]
products.fingerprint_must text[] not null default '{}'::text[]
products.greatest_request_age text
products.guest_exchange boolean not null default false
products.disabled_at timestamp with time zone
products.archived_at timestamp with time zone
products.is_bundle boolean not null default false
products.minimum_schema integer not null default 2
products.created_at timestamp with time zone not null default now()
rate_limits.key character varying(255) not null
rate_limits.points integer not null default 0
rate_limits.expire bigint
reminder_files.activation_id uuid not null
reminder_files.lease_sequence integer not null
reminder_files.exchange_id uuid not null
reminder_settings.user_id uuid not null
reminder_settings.days integer[] not null
reminder_settings.with_files boolean not null
second_factors.user_id uuid not null
second_factors.secret_sealed text not null
second_factors.created_at timestamp with time zone not null default now()
second_factors.confirmed_at timestamp with time zone
second_factors.greatest_step bigint not null default 0
second_factors.recovery_digests text[] not null default '{}'::text[]
second_factors.undo_digest text
second_factors.undo_ends_at timestamp with time zone
session_codes.session_id uuid not null
session_codes.code_digest text not null
session_codes.attempts_left integer not null
session_codes.created_at timestamp with time zone not null default now()
session_codes.expires_at timestamp with time zone not null
sessions.id uuid not null default gen_random_uuid()
sessions.user_id uuid not null
sessions.user_agent text not null default ''::text
sessions.created_at timestamp with time zone not null default now()
sessions.proved_at timestamp with time zone
sessions.last_seen_at timestamp with time zone not null default now()
sessions.expires_at timestamp with time zone not null
sessions.ended_at timestamp with time zone
sessions.viewed_user_id uuid
sessions.viewing_ends_at timestamp with time zone
sign_in_codes.id uuid not null default gen_random_uuid()
sign_in_codes.email text not null
sign_in_codes.user_id uuid
sign_in_codes.code_digest text not null
sign_in_codes.attempts_left integer not null
sign_in_codes.created_at timestamp with time zone not null default now()
sign_in_codes.expires_at timestamp with time zone not null
sign_in_codes.used_at timestamp with time zone
signing_keys.kid text not null
signing_keys.alg text not null
signing_keys.public_jwk jsonb not null
signing_keys.private_sealed text not null
signing_keys.certificate text not null
signing_keys.created_at timestamp with time zone not null default now()
signing_keys.expires_at timestamp with time zone not null
signing_keys.retired_at timestamp with time zone
users.id uuid not null default gen_random_uuid()
users.email text not null
users.name text not null
users.role text not null
users.customer_id uuid
users.created_at timestamp with time zone not null default now()
users.joined_at timestamp with time zone default now()
users.disabled_at timestamp with time zone
users.deleted_at timestamp with time zone
users.active boolean not null generated always as (((joined_at IS NOT NULL) AND (disabled_at IS NULL))) stored
users.invited_at timestamp with time zone
users.invited_by uuid
users.invitation_mail text
users.invitation_mail_at timestamp with time zone
users.invitation_answer text
vendor.id text not null
vendor.single boolean not null default true
vendor.name text not null
vendor.accent text not null
vendor.support_contact text not null
vendor.root_jwk jsonb not null
vendor.code_key_sealed text not null
vendor.created_at timestamp with time zone not null default now()

-- constraints
activation_code_entitlements activation_code_entitlements_code_id_entitlement_id_pk: PRIMARY KEY (code_id, entitlement_id)
activation_code_entitlements activation_code_entitlements_customer_id_code_id_activation_cod: FOREIGN KEY (customer_id, code_id) REFERENCES activation_codes(customer_id, id)
activation_code_entitlements activation_code_entitlements_customer_id_entitlement_id_entitle: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
activation_codes activation_codes_bundle_id_products_id_fk: FOREIGN KEY (bundle_id) REFERENCES products(id)
activation_codes activation_codes_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
activation_codes activation_codes_digest_unique: UNIQUE (digest)
activation_codes activation_codes_in_customer: UNIQUE (customer_id, id)
activation_codes activation_codes_pkey: PRIMARY KEY (id)
activation_codes activation_codes_seats: CHECK ((seats >= 0))
activations activations_customer_id_code_id_activation_codes_customer_id_id: FOREIGN KEY (customer_id, code_id) REFERENCES activation_codes(customer_id, id)
activations activations_customer_id_device_id_devices_customer_id_id_fk: FOREIGN KEY (customer_id, device_id) REFERENCES devices(customer_id, id)
activations activations_customer_id_entitlement_id_entitlements_customer_id: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
activations activations_freed: CHECK (((freed_at IS NULL) OR (state = ANY (ARRAY['released'::text, 'replaced'::text]))))
activations activations_in_customer: UNIQUE (customer_id, id)
activations activations_pkey: PRIMARY KEY (id)
activations activations_release_kind: CHECK ((release_kind = ANY (ARRAY['deactivated'::text, 'released'::text, 'revoked'::text])))
activations activations_released: CHECK (((state = ANY (ARRAY['active'::text, 'lease_expired'::text])) = (released_at IS NULL)))
activations activations_runs_out: CHECK ((runs_out_at >= COALESCE(grace_ends_at, lease_ends_at)))
activations activations_sequence: CHECK ((lease_sequence >= 1))
activations activations_state: CHECK ((state = ANY (ARRAY['active'::text, 'lease_expired'::text, 'releasing'::text, 'released'::text, 'revoked'::text, 'replaced'::text])))
audit_checkpoints audit_checkpoints_chain_sequence_audit_seals_chain_sequence_fk: FOREIGN KEY (chain, sequence) REFERENCES audit_seals(chain, sequence)
audit_checkpoints audit_checkpoints_chain_sequence_pk: PRIMARY KEY (chain, sequence)
audit_entries audit_entries_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
audit_entries audit_entries_pkey: PRIMARY KEY (id)
audit_seals audit_seals_audit_id_audit_entries_id_fk: FOREIGN KEY (audit_id) REFERENCES audit_entries(id)
audit_seals audit_seals_audit_id_unique: UNIQUE (audit_id)
audit_seals audit_seals_chain_sequence_pk: PRIMARY KEY (chain, sequence)
audit_seals audit_seals_sequence: CHECK ((sequence >= 1))
audit_watermark audit_watermark_only_row: CHECK (only_row)
audit_watermark audit_watermark_pkey: PRIMARY KEY (only_row)
calendar_links calendar_links_pkey: PRIMARY KEY (user_id)
calendar_links calendar_links_secret_digest_unique: UNIQUE (secret_digest)
calendar_links calendar_links_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
claim_mails claim_mails_claim_id_claims_id_fk: FOREIGN KEY (claim_id) REFERENCES claims(id)
claim_mails claim_mails_claim_id_user_id_tells_pk: PRIMARY KEY (claim_id, user_id, tells)
claim_mails claim_mails_outcome: CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text, 'failed'::text])))
claim_mails claim_mails_settled: CHECK (((settled_at IS NULL) = ((outcome IS NULL) OR (outcome = 'failed'::text))))
claim_mails claim_mails_tells: CHECK ((tells = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'closed'::text, 'tied'::text])))
claim_mails claim_mails_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id)
claims claims_claimant_id_users_id_fk: FOREIGN KEY (claimant_id) REFERENCES users(id)
claims claims_customer_id_activation_id_activations_customer_id_id_fk: FOREIGN KEY (customer_id, activation_id) REFERENCES activations(customer_id, id)
claims claims_decided: CHECK (((state = 'open'::text) = (decided_at IS NULL)))
claims claims_decided_by_users_id_fk: FOREIGN KEY (decided_by) REFERENCES users(id)
claims claims_not_by_claimant: CHECK (((state = 'withdrawn'::text) OR (decided_by <> claimant_id)))
claims claims_pkey: PRIMARY KEY (id)
claims claims_reason: CHECK ((reason = ANY (ARRAY['lost'::text, 'stolen'::text, 'broken'::text, 'sold'::text, 'reinstalled'::text, 'other'::text])))
claims claims_state: CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
claims claims_ties: CHECK ((ties <@ ARRAY['approver-young'::text, 'invited-by-claimant'::text, 'claimant-invited-and-young'::text]))
customers customers_code_unique: UNIQUE (code)
customers customers_pkey: PRIMARY KEY (id)
device_components device_components_customer_id_device_id_devices_customer_id_id_: FOREIGN KEY (customer_id, device_id) REFERENCES devices(customer_id, id)
device_components device_components_device_id_name_digest_pk: PRIMARY KEY (device_id, name, digest)
device_notes device_notes_body: CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
device_notes device_notes_customer_id_device_id_devices_customer_id_id_fk: FOREIGN KEY (customer_id, device_id) REFERENCES devices(customer_id, id)
device_notes device_notes_pkey: PRIMARY KEY (id)
devices devices_asset_tag: CHECK (((length(asset_tag) >= 1) AND (length(asset_tag) <= 64)))
devices devices_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
devices devices_fingerprint: UNIQUE (customer_id, fingerprint_key)
devices devices_in_customer: UNIQUE (customer_id, id)
devices devices_pkey: PRIMARY KEY (id)
entitlement_assignments entitlement_assignments_customer_id_entitlement_id_entitlements: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
entitlement_assignments entitlement_assignments_customer_id_user_id_users_customer_id_i: FOREIGN KEY (customer_id, user_id) REFERENCES users(customer_id, id) ON DELETE CASCADE
entitlement_assignments entitlement_assignments_entitlement_id_user_id_pk: PRIMARY KEY (entitlement_id, user_id)
entitlement_usage entitlement_usage_customer_id_entitlement_id_entitlements_custo: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
entitlement_usage entitlement_usage_entitlement_id_feature_pk: PRIMARY KEY (entitlement_id, feature)
entitlement_usage entitlement_usage_used: CHECK ((used >= 0))
entitlements entitlements_allowance_limits: CHECK ((LEAST(reinstall_limit, return_limit) >= 0))
entitlements entitlements_allowances: CHECK ((LEAST(reinstall_days, return_days) >= 1))
entitlements entitlements_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
entitlements entitlements_dialects: CHECK ((cardinality(dialects) >= 1))
entitlements entitlements_in_customer: UNIQUE (customer_id, id)
entitlements entitlements_offering_id_offerings_id_fk: FOREIGN KEY (offering_id) REFERENCES offerings(id)
entitlements entitlements_overdraft_kind: CHECK ((overdraft_kind = ANY (ARRAY['none'::text, 'absolute'::text, 'percent'::text, 'unlimited'::text])))
entitlements entitlements_overdraft_value: CHECK ((overdraft_value >= 0))
entitlements entitlements_pkey: PRIMARY KEY (id)
entitlements entitlements_plan_type: CHECK ((plan_type = ANY (ARRAY['perpetual'::text, 'time-limited'::text, 'trial'::text, 'consumption'::text, 'subscription'::text])))
entitlements entitlements_release_limit: CHECK (((release_limit IS NULL) = (release_limit_days IS NULL)))
entitlements entitlements_release_limits: CHECK (((release_limit >= 1) AND (release_limit_days >= 1)))
entitlements entitlements_release_roles: CHECK ((release_roles <@ ARRAY['member'::text, 'customer_admin'::text, 'support'::text]))
entitlements entitlements_release_rule: CHECK ((release_rule = ANY (ARRAY['when-lease-ran-out'::text, 'at-once'::text])))
entitlements entitlements_revision: CHECK ((revision >= 1))
entitlements entitlements_seats: CHECK ((seats >= 0))
entitlements entitlements_seats_held: CHECK (((seats_held >= 0) AND (seats_held <= seats_cap)))
entitlements entitlements_start_rule: CHECK ((start_rule = ANY (ARRAY['on-creation'::text, 'on-first-activation'::text, 'on-date'::text])))
entitlements entitlements_started: CHECK (((starts_at IS NOT NULL) OR (start_rule = 'on-first-activation'::text)))
entitlements entitlements_term: CHECK (((term_ends_at IS NULL) OR (starts_at IS NULL) OR (term_ends_at > starts_at)))
exchange_keys exchange_keys_pkey: PRIMARY KEY (kid)
exchanges exchanges_content: CHECK ((octet_length(content) <= 65568))
exchanges exchanges_customer_id_activation_id_activations_customer_id_id_: FOREIGN KEY (customer_id, activation_id) REFERENCES activations(customer_id, id)
exchanges exchanges_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
exchanges exchanges_customer_id_device_id_devices_customer_id_id_fk: FOREIGN KEY (customer_id, device_id) REFERENCES devices(customer_id, id)
exchanges exchanges_customer_id_entitlement_id_entitlements_customer_id_i: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
exchanges exchanges_kind: CHECK ((kind = ANY (ARRAY['activation'::text, 'deactivation'::text, 'refresh'::text, 'licence-file'::text, 'activation-proof'::text, 'unknown'::text])))
exchanges exchanges_kind_asked: CHECK ((kind_asked = ANY (ARRAY['activation'::text, 'deactivation'::text])))
exchanges exchanges_outcome: CHECK ((outcome = ANY (ARRAY['previewed'::text, 'refused'::text, 'granted'::text, 'renewed'::text, 'issued'::text, 'returned'::text, 'repeated'::text])))
exchanges exchanges_pkey: PRIMARY KEY (id)
exchanges exchanges_refused: CHECK (((outcome = 'refused'::text) = (code IS NOT NULL)))
exchanges exchanges_repeated: CHECK (((outcome = 'repeated'::text) = (answered_by IS NOT NULL)))
exchanges exchanges_reply: CHECK (((outcome = ANY (ARRAY['granted'::text, 'renewed'::text, 'issued'::text])) = (reply IS NOT NULL)))
exchanges exchanges_via: CHECK ((via = ANY (ARRAY['browser'::text, 'command-line'::text, 'api'::text])))
inspections inspections_content: CHECK ((octet_length(content) <= 65568))
inspections inspections_pkey: PRIMARY KEY (id)
key_revision key_revision_pkey: PRIMARY KEY (id)
key_revision key_revision_single: CHECK (id)
keygen_issuers keygen_issuers_pkey: PRIMARY KEY (kid)
keygen_keys keygen_keys_code_id_unique: UNIQUE (code_id)
keygen_keys keygen_keys_customer_id_code_id_activation_codes_customer_id_id: FOREIGN KEY (customer_id, code_id) REFERENCES activation_codes(customer_id, id)
keygen_keys keygen_keys_customer_id_entitlement_id_entitlements_customer_id: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
keygen_keys keygen_keys_issuer_kid_keygen_issuers_kid_fk: FOREIGN KEY (issuer_kid) REFERENCES keygen_issuers(kid)
keygen_keys keygen_keys_pkey: PRIMARY KEY (entitlement_id)
keygen_policies keygen_policies_algorithm: CHECK ((algorithm = ANY (ARRAY['ed25519'::text, 'rsa-pss-sha256'::text, 'rsa-sha256'::text, 'ecdsa-p256'::text])))
keygen_policies keygen_policies_offering_id_offerings_id_fk: FOREIGN KEY (offering_id) REFERENCES offerings(id)
keygen_policies keygen_policies_pkey: PRIMARY KEY (offering_id)
keygen_policies keygen_policies_ttl: CHECK (((ttl_seconds >= 3600) AND (ttl_seconds <= '3155695200'::bigint)))
keygen_policies keygen_policies_unique_in: CHECK ((fingerprint_unique_in = ANY (ARRAY['licence'::text, 'product'::text, 'vendor'::text])))
lease_reminders lease_reminders_customer_id_activation_id_activations_customer_: FOREIGN KEY (customer_id, activation_id) REFERENCES activations(customer_id, id)
lease_reminders lease_reminders_customer_id_user_id_users_customer_id_id_fk: FOREIGN KEY (customer_id, user_id) REFERENCES users(customer_id, id)
lease_reminders lease_reminders_days: CHECK ((days = ANY (ARRAY[30, 7, 1])))
lease_reminders lease_reminders_outcome: CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text])))
lease_reminders lease_reminders_settled: CHECK (((settled_at IS NULL) = (outcome IS NULL)))
lease_reminders lease_reminders_user_id_activation_id_lease_sequence_days_pk: PRIMARY KEY (user_id, activation_id, lease_sequence, days)
leases leases_activation_id_sequence_pk: PRIMARY KEY (activation_id, sequence)
leases leases_customer_id_activation_id_activations_customer_id_id_fk: FOREIGN KEY (customer_id, activation_id) REFERENCES activations(customer_id, id)
leases leases_window: CHECK ((ends_at >= starts_at))
licensespring_clients licensespring_clients_kind: CHECK ((kind = ANY (ARRAY['api-key'::text, 'oauth'::text])))
licensespring_clients licensespring_clients_pkey: PRIMARY KEY (id)
licensespring_issuer licensespring_issuer_company_id: CHECK (((company_id >= 1) AND (company_id <= '9007199254740991'::bigint)))
licensespring_issuer licensespring_issuer_pkey: PRIMARY KEY (vendor_id)
licensespring_issuer licensespring_issuer_vendor_id_vendor_id_fk: FOREIGN KEY (vendor_id) REFERENCES vendor(id)
licensespring_licences licensespring_licences_counts: CHECK (((max_transfers >= 0) AND (max_overages >= 0)))
licensespring_licences licensespring_licences_customer_id_entitlement_id_entitlements_: FOREIGN KEY (customer_id, entitlement_id) REFERENCES entitlements(customer_id, id)
licensespring_licences licensespring_licences_pkey: PRIMARY KEY (entitlement_id)
licensespring_licences licensespring_licences_type: CHECK ((licence_type = ANY (ARRAY['perpetual'::text, 'time-limited'::text, 'subscription'::text, 'consumption'::text])))
licensespring_users licensespring_users_customer_id_code_id_activation_codes_custom: FOREIGN KEY (customer_id, code_id) REFERENCES activation_codes(customer_id, id)
licensespring_users licensespring_users_pkey: PRIMARY KEY (code_id)
licensespring_users licensespring_users_username_unique: UNIQUE (username)
offerings offerings_allowance_limits: CHECK ((LEAST(reinstall_limit, return_limit) >= 0))
offerings offerings_allowances: CHECK ((LEAST(reinstall_days, return_days) >= 1))
offerings offerings_code_unique: UNIQUE (code)
offerings offerings_dialects: CHECK ((cardinality(dialects) >= 1))
offerings offerings_overdraft_kind: CHECK ((overdraft_kind = ANY (ARRAY['none'::text, 'absolute'::text, 'percent'::text, 'unlimited'::text])))
offerings offerings_overdraft_value: CHECK ((overdraft_value >= 0))
offerings offerings_pkey: PRIMARY KEY (id)
offerings offerings_plan_type: CHECK ((plan_type = ANY (ARRAY['perpetual'::text, 'time-limited'::text, 'trial'::text, 'consumption'::text, 'subscription'::text])))
offerings offerings_product_id_products_id_fk: FOREIGN KEY (product_id) REFERENCES products(id)
offerings offerings_release_limit: CHECK (((release_limit IS NULL) = (release_limit_days IS NULL)))
offerings offerings_release_limits: CHECK (((release_limit >= 1) AND (release_limit_days >= 1)))
offerings offerings_release_roles: CHECK ((release_roles <@ ARRAY['member'::text, 'customer_admin'::text, 'support'::text]))
offerings offerings_release_rule: CHECK ((release_rule = ANY (ARRAY['when-lease-ran-out'::text, 'at-once'::text])))
offerings offerings_start_rule: CHECK ((start_rule = ANY (ARRAY['on-creation'::text, 'on-first-activation'::text, 'on-date'::text])))
pending_sign_ins pending_sign_ins_pkey: PRIMARY KEY (user_id)
pending_sign_ins pending_sign_ins_token_digest_unique: UNIQUE (token_digest)
pending_sign_ins pending_sign_ins_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
products products_code_unique: UNIQUE (code)
products products_fingerprint_must: CHECK ((fingerprint_must <@ fingerprint_components))
products products_fingerprint_required: CHECK (((fingerprint_required >= 1) AND (fingerprint_required <= 16)))
products products_minimum_schema: CHECK ((minimum_schema = ANY (ARRAY[1, 2])))
products products_pkey: PRIMARY KEY (id)
rate_limits rate_limits_pkey: PRIMARY KEY (key)
reminder_files reminder_files_activation_id_lease_sequence_leases_activation_i: FOREIGN KEY (activation_id, lease_sequence) REFERENCES leases(activation_id, sequence)
reminder_files reminder_files_activation_id_lease_sequence_pk: PRIMARY KEY (activation_id, lease_sequence)
reminder_files reminder_files_exchange_id_unique: UNIQUE (exchange_id)
reminder_settings reminder_settings_days: CHECK ((days <@ ARRAY[30, 7, 1]))
reminder_settings reminder_settings_pkey: PRIMARY KEY (user_id)
reminder_settings reminder_settings_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
second_factors second_factors_pkey: PRIMARY KEY (user_id)
second_factors second_factors_recovery: CHECK ((cardinality(recovery_digests) <= 8))
second_factors second_factors_undo: CHECK (((undo_digest IS NULL) = (undo_ends_at IS NULL)))
second_factors second_factors_undo_digest_unique: UNIQUE (undo_digest)
second_factors second_factors_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
session_codes session_codes_attempts: CHECK ((attempts_left >= 0))
session_codes session_codes_pkey: PRIMARY KEY (session_id)
session_codes session_codes_session_id_sessions_id_fk: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
sessions sessions_pkey: PRIMARY KEY (id)
sessions sessions_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
sessions sessions_viewed_user_id_users_id_fk: FOREIGN KEY (viewed_user_id) REFERENCES users(id)
sessions sessions_viewing: CHECK (((viewed_user_id IS NULL) OR (viewing_ends_at IS NOT NULL)))
sign_in_codes sign_in_codes_attempts: CHECK ((attempts_left >= 0))
sign_in_codes sign_in_codes_pkey: PRIMARY KEY (id)
sign_in_codes sign_in_codes_user_id_users_id_fk: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
signing_keys signing_keys_pkey: PRIMARY KEY (kid)
users users_address_in_customer: UNIQUE (customer_id, email)
users users_customer: CHECK (((role = 'support'::text) = (customer_id IS NULL)))
users users_customer_id_customers_id_fk: FOREIGN KEY (customer_id) REFERENCES customers(id)
users users_deleted: CHECK (((deleted_at IS NULL) OR (disabled_at IS NOT NULL)))
users users_email: CHECK (((email = lower(email)) AND (POSITION(('@'::text) IN (email)) > 1)))
users users_in_customer: UNIQUE (customer_id, id)
users users_invitation_mail: CHECK ((invitation_mail = ANY (ARRAY['accepted'::text, 'refused'::text, 'failed'::text])))
users users_pkey: PRIMARY KEY (id)
users users_role: CHECK ((role = ANY (ARRAY['member'::text, 'customer_admin'::text, 'support'::text])))
users users_waiting: CHECK (((joined_at IS NOT NULL) OR (invited_at IS NOT NULL)))
vendor vendor_pkey: PRIMARY KEY (id)
vendor vendor_single: CHECK (single)
vendor vendor_single_unique: UNIQUE (single)

-- indexes
CREATE INDEX activation_code_entitlements_entitlement ON public.activation_code_entitlements USING btree (entitlement_id)
CREATE INDEX activation_codes_last_four ON public.activation_codes USING btree (last_four, created_at)
CREATE INDEX activations_came_back ON public.activations USING btree (device_id) WHERE (came_back_at IS NOT NULL)
CREATE INDEX activations_code ON public.activations USING btree (entitlement_id, code_id) WHERE ((code_id IS NOT NULL) AND (state = ANY (ARRAY['active'::text, 'releasing'::text])))
CREATE INDEX activations_device ON public.activations USING btree (device_id)
CREATE INDEX activations_freed ON public.activations USING btree (entitlement_id, release_kind, freed_at) WHERE (freed_at IS NOT NULL)
CREATE INDEX activations_holding ON public.activations USING btree (entitlement_id, runs_out_at) WHERE (state = ANY (ARRAY['active'::text, 'releasing'::text]))
CREATE INDEX activations_key ON public.activations USING btree (device_key)
CREATE INDEX activations_lease_ends ON public.activations USING btree (lease_ends_at, id) WHERE (state = ANY (ARRAY['active'::text, 'lease_expired'::text]))
CREATE INDEX activations_lease_ends_of_customer ON public.activations USING btree (customer_id, lease_ends_at, id) WHERE (state = ANY (ARRAY['active'::text, 'lease_expired'::text]))
CREATE INDEX activations_listed ON public.activations USING btree (entitlement_id, activated_at, id)
CREATE INDEX activations_machine_fingerprint ON public.activations USING btree (dialect, (((fingerprint -> 'components'::text) ->> 'fingerprint'::text))) WHERE (((fingerprint -> 'components'::text) ->> 'fingerprint'::text) IS NOT NULL)
CREATE INDEX activations_released_without_proof ON public.activations USING btree (entitlement_id, released_at) WHERE (release_kind = 'released'::text)
CREATE INDEX activations_run_out ON public.activations USING btree (runs_out_at) WHERE (state = ANY (ARRAY['active'::text, 'releasing'::text]))
CREATE INDEX audit_entries_action ON public.audit_entries USING btree (action, id)
CREATE INDEX audit_entries_all_refused ON public.audit_entries USING btree (id) WHERE (code IS NOT NULL)
CREATE INDEX audit_entries_at ON public.audit_entries USING brin (at)
CREATE INDEX audit_entries_customer ON public.audit_entries USING btree (customer_id, id)
CREATE INDEX audit_entries_device ON public.audit_entries USING btree (device_id, id)
CREATE INDEX audit_entries_entitlement ON public.audit_entries USING btree (entitlement_id, id)
CREATE INDEX audit_entries_refused ON public.audit_entries USING btree (customer_id, id) WHERE (code IS NOT NULL)
CREATE INDEX audit_entries_trouble_code ON public.audit_entries USING btree (trouble_code, id) WHERE (trouble_code IS NOT NULL)
CREATE INDEX audit_entries_user ON public.audit_entries USING btree (user_id, id)
CREATE INDEX claim_mails_waiting ON public.claim_mails USING btree (wanted_at) WHERE (settled_at IS NULL)
CREATE INDEX claims_activation ON public.claims USING btree (activation_id, opened_at)
CREATE INDEX claims_closed ON public.claims USING btree (customer_id, decided_at, id)
CREATE INDEX claims_closed_of_all ON public.claims USING btree (decided_at, id) WHERE (state <> 'open'::text)
CREATE INDEX claims_opened ON public.claims USING btree (opened_at) WHERE (state = 'open'::text)
CREATE INDEX claims_waiting ON public.claims USING btree (customer_id, opened_at) WHERE (state = 'open'::text)
CREATE INDEX customers_code_start ON public.customers USING btree (lower(code) COLLATE "C", id)
CREATE INDEX customers_name_start ON public.customers USING btree (lower(name) COLLATE "C", id)
CREATE INDEX device_components_digest ON public.device_components USING btree (customer_id, digest) WHERE (gone_at IS NULL)
CREATE INDEX device_components_start ON public.device_components USING btree (digest COLLATE "C", device_id)
CREATE INDEX device_notes_device ON public.device_notes USING btree (device_id, created_at, id)
CREATE INDEX devices_asset_tag_start ON public.devices USING btree (lower(asset_tag) COLLATE "C", id)
CREATE INDEX devices_hostname_start ON public.devices USING btree (lower(hostname) COLLATE "C", id)
CREATE INDEX devices_last_seen ON public.devices USING btree (customer_id, last_seen_at, id)
CREATE INDEX devices_last_seen_of_all ON public.devices USING btree (last_seen_at, id)
CREATE INDEX devices_name_start ON public.devices USING btree (lower(name) COLLATE "C", id)
CREATE INDEX entitlement_assignments_user ON public.entitlement_assignments USING btree (user_id)
CREATE INDEX entitlements_order_start ON public.entitlements USING btree (lower(order_reference) COLLATE "C", id) WHERE (order_reference <> ''::text)
CREATE INDEX exchanges_activation ON public.exchanges USING btree (activation_id, at)
CREATE INDEX exchanges_answers_of_all ON public.exchanges USING btree (at, id) WHERE (outcome = ANY (ARRAY['granted'::text, 'renewed'::text, 'issued'::text, 'returned'::text]))
CREATE INDEX exchanges_customer ON public.exchanges USING btree (customer_id, at, id)
CREATE INDEX exchanges_device ON public.exchanges USING btree (device_id, at, id)
CREATE INDEX exchanges_entitlement ON public.exchanges USING btree (entitlement_id, at, id)
CREATE INDEX exchanges_file ON public.exchanges USING btree (file_digest)
CREATE INDEX exchanges_kept ON public.exchanges USING btree (customer_id, at) WHERE (content IS NOT NULL)
CREATE INDEX exchanges_request_id ON public.exchanges USING btree (split_part(request_key, ':'::text, 3) COLLATE "C")
CREATE INDEX exchanges_submission ON public.exchanges USING btree (submission_id)
CREATE INDEX exchanges_trouble_code ON public.exchanges USING btree (trouble_code)
CREATE INDEX exchanges_unreadable ON public.exchanges USING btree (user_id, at, id) WHERE ((content IS NOT NULL) AND (kind = 'unknown'::text))
CREATE INDEX exchanges_user ON public.exchanges USING btree (user_id, at, id)
CREATE INDEX inspections_kept ON public.inspections USING btree (at) WHERE (content IS NOT NULL)
CREATE INDEX leases_ends_of_customer ON public.leases USING btree (customer_id, ends_at)
CREATE INDEX sessions_user ON public.sessions USING btree (user_id)
CREATE INDEX sessions_viewing ON public.sessions USING btree (viewing_ends_at) WHERE (viewed_user_id IS NOT NULL)
CREATE INDEX sign_in_codes_email ON public.sign_in_codes USING btree (email, created_at)
CREATE INDEX users_email ON public.users USING btree (email)
CREATE INDEX users_email_start ON public.users USING btree (lower(email) COLLATE "C", id)
CREATE INDEX users_name_start ON public.users USING btree (lower(name) COLLATE "C", id)
CREATE INDEX users_of_customer ON public.users USING btree (customer_id, created_at, id)
CREATE INDEX users_waiting ON public.users USING btree (invited_at) WHERE ((joined_at IS NULL) AND (disabled_at IS NULL))
CREATE UNIQUE INDEX activation_code_entitlements_code_id_entitlement_id_pk ON public.activation_code_entitlements USING btree (code_id, entitlement_id)
CREATE UNIQUE INDEX activation_codes_digest_unique ON public.activation_codes USING btree (digest)
CREATE UNIQUE INDEX activation_codes_in_customer ON public.activation_codes USING btree (customer_id, id)
CREATE UNIQUE INDEX activation_codes_pkey ON public.activation_codes USING btree (id)
CREATE UNIQUE INDEX activations_in_customer ON public.activations USING btree (customer_id, id)
CREATE UNIQUE INDEX activations_live ON public.activations USING btree (entitlement_id, device_id) WHERE (state = ANY (ARRAY['active'::text, 'lease_expired'::text]))
CREATE UNIQUE INDEX activations_live_key ON public.activations USING btree (dialect, device_key) WHERE (state = ANY (ARRAY['active'::text, 'lease_expired'::text, 'releasing'::text]))
CREATE UNIQUE INDEX activations_pkey ON public.activations USING btree (id)
CREATE UNIQUE INDEX audit_checkpoints_chain_sequence_pk ON public.audit_checkpoints USING btree (chain, sequence)
CREATE UNIQUE INDEX audit_entries_pkey ON public.audit_entries USING btree (id)
CREATE UNIQUE INDEX audit_seals_audit_id_unique ON public.audit_seals USING btree (audit_id)
CREATE UNIQUE INDEX audit_seals_chain_sequence_pk ON public.audit_seals USING btree (chain, sequence)
CREATE UNIQUE INDEX audit_watermark_pkey ON public.audit_watermark USING btree (only_row)
CREATE UNIQUE INDEX calendar_links_pkey ON public.calendar_links USING btree (user_id)
CREATE UNIQUE INDEX calendar_links_secret_digest_unique ON public.calendar_links USING btree (secret_digest)
CREATE UNIQUE INDEX claim_mails_claim_id_user_id_tells_pk ON public.claim_mails USING btree (claim_id, user_id, tells)
CREATE UNIQUE INDEX claims_open ON public.claims USING btree (activation_id) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX claims_pkey ON public.claims USING btree (id)
CREATE UNIQUE INDEX customers_code_unique ON public.customers USING btree (code)
CREATE UNIQUE INDEX customers_pkey ON public.customers USING btree (id)
CREATE UNIQUE INDEX device_components_device_id_name_digest_pk ON public.device_components USING btree (device_id, name, digest)
CREATE UNIQUE INDEX device_notes_pkey ON public.device_notes USING btree (id)
CREATE UNIQUE INDEX devices_fingerprint ON public.devices USING btree (customer_id, fingerprint_key)
CREATE UNIQUE INDEX devices_in_customer ON public.devices USING btree (customer_id, id)
CREATE UNIQUE INDEX devices_pkey ON public.devices USING btree (id)
CREATE UNIQUE INDEX entitlement_assignments_entitlement_id_user_id_pk ON public.entitlement_assignments USING btree (entitlement_id, user_id)
CREATE UNIQUE INDEX entitlement_usage_entitlement_id_feature_pk ON public.entitlement_usage USING btree (entitlement_id, feature)
CREATE UNIQUE INDEX entitlements_in_customer ON public.entitlements USING btree (customer_id, id)
CREATE UNIQUE INDEX entitlements_pkey ON public.entitlements USING btree (id)
CREATE UNIQUE INDEX exchange_keys_pkey ON public.exchange_keys USING btree (kid)
CREATE UNIQUE INDEX exchanges_answered ON public.exchanges USING btree (request_key) WHERE (outcome = ANY (ARRAY['granted'::text, 'renewed'::text, 'returned'::text]))
CREATE UNIQUE INDEX exchanges_pkey ON public.exchanges USING btree (id)
CREATE UNIQUE INDEX inspections_pkey ON public.inspections USING btree (id)
CREATE UNIQUE INDEX key_revision_pkey ON public.key_revision USING btree (id)
CREATE UNIQUE INDEX keygen_issuers_in_use ON public.keygen_issuers USING btree (((retired_at IS NULL))) WHERE (retired_at IS NULL)
CREATE UNIQUE INDEX keygen_issuers_pkey ON public.keygen_issuers USING btree (kid)
CREATE UNIQUE INDEX keygen_keys_code_id_unique ON public.keygen_keys USING btree (code_id)
CREATE UNIQUE INDEX keygen_keys_pkey ON public.keygen_keys USING btree (entitlement_id)
CREATE UNIQUE INDEX keygen_policies_pkey ON public.keygen_policies USING btree (offering_id)
CREATE UNIQUE INDEX lease_reminders_user_id_activation_id_lease_sequence_days_pk ON public.lease_reminders USING btree (user_id, activation_id, lease_sequence, days)
CREATE UNIQUE INDEX leases_activation_id_sequence_pk ON public.leases USING btree (activation_id, sequence)
CREATE UNIQUE INDEX licensespring_clients_pkey ON public.licensespring_clients USING btree (id)
CREATE UNIQUE INDEX licensespring_issuer_pkey ON public.licensespring_issuer USING btree (vendor_id)
CREATE UNIQUE INDEX licensespring_licences_pkey ON public.licensespring_licences USING btree (entitlement_id)
CREATE UNIQUE INDEX licensespring_users_pkey ON public.licensespring_users USING btree (code_id)
CREATE UNIQUE INDEX licensespring_users_username_unique ON public.licensespring_users USING btree (username)
CREATE UNIQUE INDEX offerings_code_unique ON public.offerings USING btree (code)
CREATE UNIQUE INDEX offerings_pkey ON public.offerings USING btree (id)
CREATE UNIQUE INDEX pending_sign_ins_pkey ON public.pending_sign_ins USING btree (user_id)
CREATE UNIQUE INDEX pending_sign_ins_token_digest_unique ON public.pending_sign_ins USING btree (token_digest)
CREATE UNIQUE INDEX products_code_unique ON public.products USING btree (code)
CREATE UNIQUE INDEX products_pkey ON public.products USING btree (id)
CREATE UNIQUE INDEX rate_limits_pkey ON public.rate_limits USING btree (key)
CREATE UNIQUE INDEX reminder_files_activation_id_lease_sequence_pk ON public.reminder_files USING btree (activation_id, lease_sequence)
CREATE UNIQUE INDEX reminder_files_exchange_id_unique ON public.reminder_files USING btree (exchange_id)
CREATE UNIQUE INDEX reminder_settings_pkey ON public.reminder_settings USING btree (user_id)
CREATE UNIQUE INDEX second_factors_pkey ON public.second_factors USING btree (user_id)
CREATE UNIQUE INDEX second_factors_undo_digest_unique ON public.second_factors USING btree (undo_digest)
CREATE UNIQUE INDEX session_codes_pkey ON public.session_codes USING btree (session_id)
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (id)
CREATE UNIQUE INDEX sign_in_codes_pkey ON public.sign_in_codes USING btree (id)
CREATE UNIQUE INDEX signing_keys_pkey ON public.signing_keys USING btree (kid)
CREATE UNIQUE INDEX users_address ON public.users USING btree (email) WHERE active
CREATE UNIQUE INDEX users_address_in_customer ON public.users USING btree (customer_id, email)
CREATE UNIQUE INDEX users_in_customer ON public.users USING btree (customer_id, id)
CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)
CREATE UNIQUE INDEX vendor_pkey ON public.vendor USING btree (id)
CREATE UNIQUE INDEX vendor_single_unique ON public.vendor USING btree (single)

-- sequences
audit_entries_id_seq bigint start 1 increment 1

-- functions
CREATE OR REPLACE FUNCTION public.account_elsewhere(p_user_id uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(c.name, '') from users u join users o on o.email = u.email and o.id <> u.id and o.active left join customers c on c.id = o.customer_id
  where u.id = p_user_id
$function$
CREATE OR REPLACE FUNCTION public.close_claim(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
begin
  update claims set state = p->>'state', decided_at = (p->>'at')::timestamptz, decided_by = (p->>'user_id')::uuid, answer = p->>'answer'
  where id = (p->>'claim_id')::uuid and customer_id = (p->>'customer_id')::uuid and state = 'open';
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.close_claims_of_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update claims set state = 'withdrawn', decided_at = new.released_at where activation_id = new.id and state = 'open';
  return null;
end
$function$
CREATE OR REPLACE FUNCTION public.code_is_full(p_entitlement uuid, p_code uuid, p_except uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from activation_codes k where k.id = p_code and k.seats <= (
      select count(*) from activations h where h.entitlement_id = p_entitlement and h.code_id = k.id and h.state in ('active', 'releasing')
        and h.id is distinct from p_except)
  )
$function$
CREATE OR REPLACE FUNCTION public.commit_bundle(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_line jsonb;
begin
  -- In a fixed order, so that two bundles that share entitlements cannot deadlock.
  perform from entitlements where id in (select (l->'activation'->>'entitlement_id')::uuid from jsonb_array_elements(p->'lines') l) order by id for update;
  for v_line in select value from jsonb_array_elements(p->'lines') loop
    if commit_issue(v_line) <> 'done' then
      raise exception 'a line of the bundle was decided on what no longer holds' using errcode = 'AG001';
    end if;
  end loop;
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.commit_document(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
begin
  perform from entitlements where id = (p->>'entitlement_id')::uuid and revision = (p->>'revision')::integer for share;
  if not found then
    return 'stale';
  end if;
  perform write_exchange(p->'exchange');
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.commit_issue(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  n activations%rowtype := jsonb_populate_record(null::activations, p->'activation');
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  v_older text := p->>'older_seat';
  v_reinstalls integer := (p->'reinstalls'->>'times')::integer;
  v_limit jsonb := p->'release_limit';
  v_fingerprint jsonb;
  v_guard text;
  v_audit jsonb := p->'audit';
  v_running integer;
  e entitlements%rowtype;
  a activations%rowtype;
begin
  select * into e from entitlements where id = n.entitlement_id and customer_id = n.customer_id for update;
  if not found or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  perform settle_leases(e.id, v_at);

  if p->>'current_id' is not null then
    select * into a from activations where id = (p->>'current_id')::uuid and entitlement_id = e.id for update;
    if not found or a.lease_sequence <> (p->>'current_sequence')::integer then
      return 'stale';
    end if;
    if not (case coalesce(v_older, 'goes on')
      when 'goes on' then a.state in ('active', 'lease_expired') and (a.state = 'lease_expired') = v_takes_seat
      when 'lapsed' then a.state = 'lease_expired' and v_takes_seat
      when 'held' then a.state in ('active', 'releasing') and v_takes_seat
      else a.state in ('active', 'releasing') and not v_takes_seat
    end) then
      return 'stale';
    end if;
  elsif exists (select from activations where entitlement_id = e.id and device_id = n.device_id and state in ('active', 'lease_expired', 'releasing')) then
    return 'stale';
  end if;

  if v_older = 'moves' and reinstalls_used(e.id, (p->'reinstalls'->>'since')::timestamptz, v_at) >= v_reinstalls then -- guard: never one reinstall too many
    return 'stale';
  end if;
  if v_older in ('moves', 'held') and a.state = 'active' and v_limit <> 'null' and (v_limit->>'releases')::integer <= (
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'released' and released_at > v_at - (v_limit->>'days')::integer * interval '24 hours'
  ) then
    return 'stale';
  end if;
  if code_is_full(e.id, coalesce(n.code_id, a.code_id), case when v_older = 'held' then null else a.id end) then
    return 'stale';
  end if;
  if v_takes_seat and not take_seat(e.id, v_reinstalls, v_at) then
    raise exception 'no seat is free any more' using errcode = 'AG001';
  end if;
  if (p->>'starts_term')::boolean then
    update entitlements set starts_at = (p->'term'->>'starts_at')::timestamptz, term_ends_at = (p->'term'->>'ends_at')::timestamptz,
      revision = revision + 1
    where id = e.id;
  end if;
  if p->'device' <> 'null' and not write_device(p->'device') then
    raise exception 'the device was written down meanwhile' using errcode = 'AG001';
  end if;

  v_fingerprint := coalesce(n.fingerprint, a.fingerprint);
  v_guard := dialect_guard(coalesce(n.dialect, a.dialect), v_fingerprint);
  if v_takes_seat and v_guard is not null then
    -- Concurrent seats under the same name wait here.
    perform pg_advisory_xact_lock(hashtextextended(v_guard, 0));
    if dialect_refuses_seat(coalesce(n.dialect, a.dialect), e.id, v_fingerprint, v_at) then -- guard: what the dialect refuses
      raise exception 'the dialect refuses the seat meanwhile' using errcode = 'AG001';
    end if;
  end if;

  if n.id = a.id then
    update activations set state = n.state, lease_sequence = n.lease_sequence, lease_starts_at = n.lease_starts_at,
      lease_ends_at = n.lease_ends_at, grace_ends_at = n.grace_ends_at,
      -- A seat is held until the last of all leases issued for it has run out, not only the newest.
      runs_out_at = greatest(runs_out_at, n.runs_out_at),
      reply_to = coalesce(n.reply_to, reply_to), fingerprint = coalesce(n.fingerprint, fingerprint),
      earlier_fingerprints = coalesce(n.earlier_fingerprints, earlier_fingerprints), code_id = coalesce(n.code_id, code_id)
    where id = a.id;
  else
    if v_older in ('moves', 'held') then
      -- The seat of the older installation is given up without its proof: a release like any other.
      update activations set state = case v_older when 'held' then 'releasing' else 'replaced' end,
        released_at = coalesce(released_at, v_at), released_by = coalesce(released_by, n.activated_by),
        -- A seat that moves came free without a proof, also where a proof came that freed nothing.
        release_kind = case v_older when 'moves' then 'released' else coalesce(release_kind, 'released') end, release_reason = coalesce(release_reason, 'reinstalled'),
        freed_at = case v_older when 'moves' then v_at end, replaced_by = n.id
      where id = a.id;
    elsif a.id is not null then
      update activations set state = 'replaced', released_at = coalesce(released_at, v_at), replaced_by = n.id where id = a.id;
    end if;
    insert into activations select n.*;
  end if;
  insert into leases select * from jsonb_populate_record(null::leases, p->'lease');
  perform write_exchange(p->'exchange');
  if v_takes_seat or v_older is not null then
    v_running := possibly_running(e.id, v_at);
    if v_running > (select seats_held from entitlements where id = e.id) then
      v_audit := jsonb_set(v_audit, '{detail,possiblyRunning}', to_jsonb(v_running));
    end if;
  end if;
  perform write_audit(v_audit);
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.commit_person(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_detail jsonb := p->'audit'->'detail';
  u users%rowtype;
begin
  perform from customers where id = (p->>'customer_id')::uuid for no key update;
  if not exists (select from users where id = (p->>'actor_id')::uuid and role = p->'audit'->>'role' and active) then
    return 'stale';
  end if;
  select * into u from users where id = (p->>'user_id')::uuid and customer_id = (p->>'customer_id')::uuid for no key update;
  if not found or u.disabled_at is not null or u.role <> p->>'role' then
    return 'stale';
  end if;
  if u.active and u.role = 'customer_admin' and p->>'new_role' is distinct from 'customer_admin' and not exists (
    select from users where customer_id = u.customer_id and id <> u.id and role = 'customer_admin' and active
  ) then return 'stale'; end if; -- guard: never without an administrator

  if p->>'new_role' is not null then
    update users set role = p->>'new_role' where id = u.id;
  else
    update users set disabled_at = v_at where id = u.id;
    v_detail := v_detail || take_away(u.id, v_at);
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('detail', v_detail));
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.commit_release(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_limit jsonb := p->'limit';
  v_claim jsonb := p->'claim';
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.lease_sequence <> (p->>'current_sequence')::integer or a.state not in ('active', 'lease_expired')
    or (a.state = 'lease_expired' and ((p->>'held_until') is not null or v_frees_seat)) then
    return 'stale';
  end if;
  if v_limit <> 'null' and (v_limit->>'releases')::integer <= ( -- guard: never one release too many
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'released' and released_at > v_at - (v_limit->>'days')::integer * interval '24 hours'
  ) then
    return 'stale';
  end if;
  if v_frees_seat and reinstalls_used(e.id, (p->'reinstalls'->>'since')::timestamptz, v_at) >= (p->'reinstalls'->>'times')::integer then -- guard: never one free at once too many
    return 'stale';
  end if;
  if v_claim <> 'null' then
    update claims set state = 'approved', decided_at = v_at, decided_by = (p->>'user_id')::uuid, answer = v_claim->>'answer',
      ties = array(select jsonb_array_elements_text(v_claim->'ties'))
    where id = (v_claim->>'id')::uuid and activation_id = a.id
      and state = 'open'; -- guard: answered once
    if not found then
      return 'stale';
    end if;
    perform write_audit(v_claim->'audit');
    if v_claim->'told' <> 'null' then
      perform write_audit(v_claim->'told');
    end if;
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when p->>'held_until' is null then 'released' else 'releasing' end, released_at = v_at,
    released_by = (p->>'user_id')::uuid, release_kind = 'released', release_reason = p->>'reason',
    freed_at = case when v_frees_seat then v_at end
  where id = a.id;
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.commit_return(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_is_held boolean := p->>'held_until' is not null;
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  -- If a lease was issued meanwhile, the proof may be older than the request for it.
  if not found or a.lease_sequence <> (p->>'lease_sequence')::integer
    or a.state not in ('active', 'lease_expired', 'releasing') or (a.state <> 'lease_expired') <> (v_frees_seat or v_is_held) then
    return 'stale';
  end if;
  if p->>'given_up' is not null and (p->>'given_up')::integer <> (
    select count(*) from activations where entitlement_id = e.id and dialect = a.dialect and state in ('releasing', 'released', 'revoked')
  ) then
    return 'stale';
  end if;
  if v_frees_seat and (p->'returns'->>'times')::integer <= ( -- guard: never one return too many
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'deactivated' and freed_at > (p->'returns'->>'since')::timestamptz
  ) then
    return 'stale';
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when v_is_held then 'releasing' else 'released' end, released_at = v_at,
    released_by = (p->'exchange'->>'user_id')::uuid, release_kind = 'deactivated', release_reason = p->>'reason',
    freed_at = case when v_frees_seat then v_at end, reply_to = coalesce(p->'reply_to', reply_to)
  where id = a.id;
  insert into entitlement_usage (customer_id, entitlement_id, feature, used)
  select e.customer_id, e.id, key, value::bigint from jsonb_each_text(p->'usage')
  on conflict (entitlement_id, feature) do update set used = least(entitlement_usage.used + excluded.used, 9007199254740991);
  if p->'usage' <> '{}' then
    update entitlements set revision = revision + 1 where id = e.id;
  end if;
  perform write_exchange(p->'exchange');
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.count_key_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into key_revision as r (revision) values (1) on conflict (id) do update set revision = r.revision + 1;
  return null;
end
$function$
CREATE OR REPLACE FUNCTION public.delete_person(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_taken jsonb;
  v_found jsonb := '[]';
  u users%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  for u in select * from users where email = p->>'email' order by id for no key update loop
    v_taken := take_away(u.id, v_at);
    delete from sessions where user_id = u.id;
    update sessions set viewed_user_id = null where viewed_user_id = u.id;
    delete from reminder_settings where user_id = u.id;
    update users set email = 'deleted-' || id || '@invalid', name = 'Deleted person', disabled_at = coalesce(disabled_at, v_at),
      deleted_at = v_at, invitation_answer = null where id = u.id;
    perform write_audit(p->'audit' || jsonb_build_object('customer_id', u.customer_id,
      'detail', v_taken || jsonb_build_object('personId', u.id, 'email', p->>'email')));
    v_found := v_found || jsonb_build_object('customer', (select code from customers where id = u.customer_id), 'isWithoutAdmin',
      u.active and u.role = 'customer_admin' and not exists (
        select from users where customer_id = u.customer_id and role = 'customer_admin' and active));
  end loop;
  delete from sign_in_codes where email = p->>'email';
  return case when v_found = '[]' then null else v_found end;
end
$function$
CREATE OR REPLACE FUNCTION public.dialect_guard(p_dialect text, p_fingerprint jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case p_dialect
    when 'keygen' then 'machine ' || (p_fingerprint->'components'->>'fingerprint')
  end
$function$
CREATE OR REPLACE FUNCTION public.dialect_refuses_seat(p_dialect text, p_entitlement uuid, p_fingerprint jsonb, p_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case p_dialect
    when 'keygen' then machine_is_elsewhere(p_entitlement, p_fingerprint->'components'->>'fingerprint', p_at)
    else false
  end
$function$
CREATE OR REPLACE FUNCTION public.drop_files(p jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  -- Files of the last 24 hours may still be answered, so they stay for any arguments.
  v_before timestamptz := least((p->>'before')::timestamptz, clock_timestamp() - interval '1 day');
  v_customer uuid := (p->>'customer_id')::uuid;
  v_limit integer := (p->>'limit')::integer;
  v_ids uuid[];
  v_files integer;
  v_bytes bigint;
begin
  if v_customer is null then
    v_ids := array(select id from exchanges where customer_id is null and content is not null and at < v_before order by at limit v_limit);
  else
    v_ids := array(select id from exchanges where customer_id = v_customer and content is not null and at < v_before order by at limit v_limit);
  end if;
  with files as (
    update exchanges set content = null where id = any(v_ids) and content is not null returning file_size
  ), looked_into as (
    update inspections set content = null where v_customer is null and content is not null and id in (
      select id from inspections where content is not null and at < v_before order by at limit v_limit) returning file_size
  ), dropped as (select file_size from files union all select file_size from looked_into)
  select count(*), coalesce(sum(file_size), 0) into v_files, v_bytes from dropped;
  if v_files > 0 then
    perform write_audit(p->'audit' || jsonb_build_object('customer_id', v_customer, 'detail',
      jsonb_build_object('files', v_files, 'bytes', v_bytes, 'before', to_char(v_before at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))));
  end if;
  return v_files;
end
$function$
CREATE OR REPLACE FUNCTION public.drop_unreadable(p_user uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  c_kept constant integer := 20;
  v_files integer;
begin
  with beyond as (
    select id from exchanges where user_id = p_user and kind = 'unknown' and code <> 'file-kind-unclear' and content is not null
    order by at desc, id desc offset c_kept
    for update skip locked
  )
  update exchanges x set content = null from beyond where x.id = beyond.id;
  get diagnostics v_files = row_count;
  return v_files;
end
$function$
CREATE OR REPLACE FUNCTION public.expire_invitations(p_at timestamp with time zone, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  v_count integer := 0;
  u users%rowtype;
begin
  for u in
    select * from users where joined_at is null and disabled_at is null and invitation_ran_out(invited_at, p_at)
    order by id limit p_limit for no key update skip locked
  loop
    update users set disabled_at = p_at where id = u.id;
    perform write_audit(jsonb_build_object('at', p_at, 'customer_id', u.customer_id, 'actor', 'portal', 'role', 'portal',
      'action', 'person.invitation-ran-out', 'detail', take_away(u.id, p_at) || jsonb_build_object('personId', u.id, 'email', u.email)));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$
CREATE OR REPLACE FUNCTION public.invitation_ran_out(invited_at timestamp with time zone, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select invited_at <= at - 14 * interval '24 hours'
$function$
CREATE OR REPLACE FUNCTION public.invite_person(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_id uuid;
  v_others jsonb;
begin
  -- Of two concurrent invitations of one address, the second sees the first.
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  v_id := place_person(p || jsonb_build_object('invited_at', p->'at'));
  if v_id is null then
    return null;
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('detail', p->'audit'->'detail' || jsonb_build_object('personId', v_id)));
  select jsonb_agg(coalesce(c.code, 'vendor') order by c.code nulls first) into v_others
  from users u left join customers c on c.id = u.customer_id
  where u.email = p->>'email' and u.id <> v_id and u.disabled_at is null and (u.active or not invitation_ran_out(u.invited_at, v_at));
  if v_others is not null then
    perform write_audit(p->'audit' || jsonb_build_object('action', 'person.address-shared', 'customer_id', null, 'detail', jsonb_build_object(
      'personId', v_id, 'email', p->>'email', 'customer', (select code from customers where id = (p->>'customer_id')::uuid), 'others', v_others)));
  end if;
  return jsonb_build_object('personId', v_id, 'elsewhere', account_elsewhere(v_id));
end
$function$
CREATE OR REPLACE FUNCTION public.is_device_known(p jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from device_components c join devices d on d.id = c.device_id and d.dialect = p->>'dialect'
    where c.customer_id = (p->>'customer_id')::uuid and c.digest = any(array(select value from jsonb_each_text(p->'counted')))
      and c.digest = p->'counted'->>c.name and c.gone_at is null and not (p->'compared') ? c.device_id::text
    group by c.device_id
    having count(*) >= (p->>'required')::integer
      and not exists (
        select from jsonb_array_elements_text(p->'must') m(name)
        left join device_components o on o.device_id = c.device_id and o.name = m.name and o.gone_at is null
        where o.digest is distinct from p->'counted'->>m.name)
      and (
        count(*) filter (where p->'own' ? c.name) > 0
        or 1 >= (select count(*) from device_components o
          where o.device_id = c.device_id and o.gone_at is null and p->'own' ? o.name and p->'counted' ? o.name)))
$function$
CREATE OR REPLACE FUNCTION public.lock_and_settle(p jsonb)
 RETURNS entitlements
 LANGUAGE plpgsql
AS $function$
declare
  e entitlements%rowtype;
begin
  perform from entitlements where id = (p->>'entitlement_id')::uuid and customer_id = (p->>'customer_id')::uuid for update;
  if not found then
    return null;
  end if;
  perform settle_leases((p->>'entitlement_id')::uuid, (p->>'at')::timestamptz);
  select * into e from entitlements where id = (p->>'entitlement_id')::uuid;
  return e;
end
$function$
CREATE OR REPLACE FUNCTION public.machine_is_elsewhere(p_entitlement uuid, p_fingerprint text, p_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from entitlements e join offerings o on o.id = e.offering_id join keygen_policies kp on kp.offering_id = o.id
      join activations a on a.dialect = 'keygen' and a.fingerprint->'components'->>'fingerprint' = p_fingerprint
        and a.entitlement_id <> e.id and a.state in ('active', 'releasing') and a.runs_out_at > p_at
      join entitlements oe on oe.id = a.entitlement_id join offerings oo on oo.id = oe.offering_id
    where e.id = p_entitlement
      and (kp.fingerprint_unique_in = 'vendor' or (kp.fingerprint_unique_in = 'product' and oo.product_id = o.product_id)))
$function$
CREATE OR REPLACE FUNCTION public.move_person(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_to uuid := (p->>'customer_id')::uuid;
  v_id uuid;
  v_taken jsonb;
  u users%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  select * into u from users where email = p->>'email' and customer_id <> v_to and disabled_at is null
  order by active desc, invited_at desc nulls last limit 1 for no key update;
  if not found then
    return null;
  end if;
  update users set disabled_at = v_at where id = u.id;
  v_taken := take_away(u.id, v_at);
  v_id := place_person(p || jsonb_build_object('name', u.name, 'role', coalesce(p->>'role', u.role), 'joined_at', p->'at'));
  if v_id is null then
    raise unique_violation using constraint = 'users_address';
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('action', 'user.moved-away', 'customer_id', u.customer_id,
    'detail', v_taken || jsonb_build_object('personId', u.id, 'email', u.email)));
  perform write_audit(p->'audit' || jsonb_build_object('action', 'user.moved-here', 'customer_id', v_to,
    'detail', jsonb_build_object('personId', v_id, 'email', u.email, 'role', coalesce(p->>'role', u.role))));
  return jsonb_build_object('id', v_id, 'from', (select code from customers where id = u.customer_id),
    'isWithoutAdmin', not exists (select from users where customer_id = u.customer_id and role = 'customer_admin' and active));
end
$function$
CREATE OR REPLACE FUNCTION public.open_claim(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  e entitlements%rowtype := lock_and_settle(p);
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  perform from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id and state in ('active', 'lease_expired') for update;
  if not found then
    return 'stale';
  end if;
  insert into claims (id, customer_id, activation_id, claimant_id, reason, note, opened_at)
  select (p->>'claim_id')::uuid, e.customer_id, c.activation_id, c.claimant_id, c.reason, c.note, (p->>'at')::timestamptz
  from jsonb_populate_record(null::claims, p) c
  on conflict (activation_id) where state = 'open' do nothing;
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.place_person(p jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_id uuid;
begin
  insert into users (id, email, name, role, customer_id, created_at, joined_at, invited_at, invited_by)
  select x.id, x.email, x.name, x.role, x.customer_id, v_at, x.joined_at, x.invited_at, x.invited_by from jsonb_populate_record(null::users, p) x
  on conflict (customer_id, email) do update set name = excluded.name, role = excluded.role, joined_at = excluded.joined_at, disabled_at = null,
    invited_at = excluded.invited_at, invited_by = excluded.invited_by, invitation_mail = null, invitation_mail_at = null, invitation_answer = null
  where not users.active
    and (users.disabled_at is not null or excluded.joined_at is not null or invitation_ran_out(users.invited_at, v_at))
  returning id into v_id;
  if v_id is not null then
    perform take_away(v_id, v_at);
  end if;
  return v_id;
end
$function$
CREATE OR REPLACE FUNCTION public.possibly_running(p_entitlement uuid, p_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select e.seats_held + (
    select count(*)::integer from activations f
    where f.entitlement_id = e.id and f.release_kind = 'released' and f.freed_at is not null and f.runs_out_at > p_at)
  from entitlements e where e.id = p_entitlement
$function$
CREATE OR REPLACE FUNCTION public.record_attempt(p_exchange jsonb, p_audit jsonb, p_came_back uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  v_dropped integer := 0;
begin
  if p_came_back is not null then
    update activations set came_back_at = (p_exchange->>'at')::timestamptz
    where id = p_came_back and state in ('releasing', 'released', 'revoked');
  end if;
  perform write_exchange(p_exchange);
  if p_exchange->>'kind' = 'unknown' and p_exchange->>'content' is not null and p_exchange->>'user_id' is not null then
    v_dropped := drop_unreadable((p_exchange->>'user_id')::uuid);
  end if;
  if v_dropped > 0 then
    p_audit := p_audit || jsonb_build_object('detail', coalesce(p_audit->'detail', '{}') || jsonb_build_object('filesDropped', v_dropped));
  end if;
  perform write_audit(p_audit);
end
$function$
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name in ('exchanges', 'inspections') then
    if old.content is not null then
      old.content := null;
      if new is not distinct from old then
        return new;
      end if;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION public.reinstalls_used(p_entitlement uuid, p_since timestamp with time zone, p_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select count(*)::integer from activations f
  where f.entitlement_id = p_entitlement and f.release_kind = 'released' and f.freed_at is not null
    and (f.freed_at > p_since or f.runs_out_at > p_at)
$function$
CREATE OR REPLACE FUNCTION public.seal_audit(p_seals jsonb, p_checkpoints jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  -- Far enough back to find an entry that becomes visible late, and near enough for a cheap search.
  c_distance constant bigint := 5000;
  v_floor bigint := coalesce((select sealed_up_to from audit_watermark), 0);
  v_last bigint := (select max((x->>'audit_id')::bigint) from jsonb_array_elements(p_seals) x);
  v_sealed integer;
  v_chains integer;
  v_vouched integer;
begin
  with given as materialized (
    select x.audit_id as id, x.sequence, x.hash, coalesce(a.customer_id::text, 'vendor') as chain
    from jsonb_populate_recordset(null::audit_seals, p_seals) x join audit_entries a on a.id = x.audit_id
  ), heads as materialized (
    select c.chain, coalesce(h.sequence, 0) as sequence
    from (select distinct chain from given) c
    left join lateral (select s.sequence from audit_seals s where s.chain = c.chain order by s.sequence desc limit 1) h on true
  ), placed as materialized (
    select g.*, h.sequence + row_number() over (partition by g.chain order by g.id) as place from given g join heads h using (chain)
  ), left_out as (
    select from audit_entries a
    where a.id > v_floor and a.id < v_last and not exists (select from given g where g.id = a.id)
      and not exists (select from audit_seals s where s.audit_id = a.id and s.audit_id > v_floor)
    limit 1
  ), sealed as (
    insert into audit_seals (chain, sequence, audit_id, hash)
    select chain, place, id, hash from placed
    where not exists (select from left_out) and not exists (select from placed where place <> sequence)
    returning chain, sequence, hash
  ), vouched as (
    insert into audit_checkpoints
    select k.* from jsonb_populate_recordset(null::audit_checkpoints, p_checkpoints) k join sealed using (chain, sequence, hash)
    returning chain
  )
  select (select count(*) from sealed), (select count(distinct chain) from sealed), (select count(distinct chain) from vouched)
  into v_sealed, v_chains, v_vouched;

  if v_sealed = 0 then
    return false;
  end if;
  if v_sealed <> jsonb_array_length(p_seals) or v_vouched <> v_chains then
    raise exception 'expected entries that exist and a checkpoint for each of their chains, found % of % entries and % of % checkpoints',
      v_sealed, jsonb_array_length(p_seals), v_vouched, v_chains using errcode = 'check_violation';
  end if;

  -- Every entry up to the last of these has an audit seal, so the next search starts there.
  if v_last > v_floor + 2 * c_distance then
    insert into audit_watermark (sealed_up_to) values (v_last - c_distance)
    on conflict (only_row) do update set sealed_up_to = greatest(audit_watermark.sealed_up_to, excluded.sealed_up_to);
  end if;
  return true;
end
$function$
CREATE OR REPLACE FUNCTION public.settle_leases(p_entitlement_id uuid, p_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  freed integer;
begin
  with ended as (
    update activations
    set state = case state when 'active' then 'lease_expired' else 'released' end
    where entitlement_id = p_entitlement_id and state in ('active', 'releasing') and runs_out_at <= p_at
    returning id, customer_id, device_id, state, runs_out_at
  ), written as (
    insert into audit_entries (at, customer_id, actor, role, action, entitlement_id, device_id, activation_id, detail)
    select p_at, customer_id, 'portal', 'portal',
           case state when 'lease_expired' then 'lease.ran-out' else 'seat.came-free' end,
           p_entitlement_id, device_id, id, jsonb_build_object('ranOutAt', runs_out_at)
    from ended
  )
  select count(*) into freed from ended;
  if freed > 0 then
    update entitlements set seats_held = seats_held - freed where id = p_entitlement_id;
  end if;
end
$function$
CREATE OR REPLACE FUNCTION public.settle_ran_out(p_at timestamp with time zone, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
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
$function$
CREATE OR REPLACE FUNCTION public.take_away(p_user_id uuid, p_at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_sessions integer;
  v_assignments jsonb;
begin
  update sessions set ended_at = p_at where user_id = p_user_id and ended_at is null;
  get diagnostics v_sessions = row_count;
  delete from pending_sign_ins where user_id = p_user_id;
  delete from second_factors where user_id = p_user_id;
  delete from calendar_links where user_id = p_user_id;
  with gone as (delete from entitlement_assignments where user_id = p_user_id returning entitlement_id)
  select coalesce(jsonb_agg(entitlement_id order by entitlement_id), '[]') into v_assignments from gone;
  -- A new revision, so that decisions made before become stale. In a fixed order, so that two concurrent calls cannot deadlock.
  update entitlements set revision = revision + 1 where id in (
    select e.id from entitlements e where v_assignments ? e.id::text order by e.id for no key update);
  return jsonb_build_object('sessionsEnded', v_sessions, 'entitlements', v_assignments);
end
$function$
CREATE OR REPLACE FUNCTION public.take_seat(p_entitlement uuid, p_reinstalls integer, p_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update entitlements set seats_held = seats_held + 1
  where id = p_entitlement
    and seats_held < seats_cap; -- guard: never one seat too many
  if not found then
    return false;
  end if;
  return possibly_running(p_entitlement, p_at) <= (
    select seats_cap::bigint + p_reinstalls from entitlements where id = p_entitlement); -- guard: never one machine too many
end
$function$
CREATE OR REPLACE FUNCTION public.undo_release(p jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
  v_guard text;
begin
  if e.id is null then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.state not in ('releasing', 'released') or a.release_kind <> 'released'
    or a.lease_sequence <> (p->>'current_sequence')::integer
    or date_trunc('milliseconds', a.released_at) <> (p->>'released_at')::timestamptz
    or v_takes_seat <> (a.state = 'released' and a.runs_out_at > v_at)
    or (p->>'state') <> (case when a.runs_out_at > v_at then 'active' else 'lease_expired' end) then
    return 'stale';
  end if;
  if exists (
    select from activations s where s.id <> a.id and s.state in ('active', 'lease_expired', 'releasing')
      and ((s.entitlement_id = a.entitlement_id and s.device_id = a.device_id) or (s.dialect = a.dialect and s.device_key = a.device_key))
  ) then
    return 'stale';
  end if;
  if a.state = 'released' and e.seats_held >= e.seats_cap then -- guard: never a seat that went to another
    return 'stale';
  end if;
  update activations set state = p->>'state', released_at = null, released_by = null, release_kind = null, release_reason = null,
    came_back_at = null, freed_at = null
  where id = a.id;
  if v_takes_seat and (code_is_full(e.id, a.code_id, a.id) or not take_seat(e.id, (p->'reinstalls'->>'times')::integer, v_at)) then
    raise exception 'the seat went to another meanwhile' using errcode = 'AG001';
  end if;
  v_guard := dialect_guard(a.dialect, a.fingerprint);
  if v_takes_seat and v_guard is not null then
    perform pg_advisory_xact_lock(hashtextextended(v_guard, 0));
    if dialect_refuses_seat(a.dialect, e.id, a.fingerprint, v_at) then -- guard: what the dialect refuses
      raise exception 'the dialect refuses the seat meanwhile' using errcode = 'AG001';
    end if;
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$function$
CREATE OR REPLACE FUNCTION public.write_audit(p jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id,
    trouble_code, detail)
  select at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id, trouble_code, detail
  from jsonb_populate_record(null::audit_entries, '{"detail": {}}' || p)
$function$
CREATE OR REPLACE FUNCTION public.write_device(p jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  n devices%rowtype := jsonb_populate_record(null::devices, p);
  v_components jsonb := p->'components';
begin
  if (p->>'is_new')::boolean then
    -- The same machine may be written for another entitlement at this moment: statements that share a component wait for each other here.
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', n.customer_id, name, digest), 0))
    from (select key as name, value as digest from jsonb_each_text(p->'counted') order by 1, 2) seen;
    if is_device_known(p) then
      return false;
    end if;
    insert into devices select n.* on conflict on constraint devices_fingerprint do nothing;
    if not found then
      return false;
    end if;
  else
    update devices set platform = n.platform, hostname = n.hostname, app_version = n.app_version,
      fingerprint_version = n.fingerprint_version,
      fingerprint_key = case when exists (
        select from devices o where o.customer_id = n.customer_id and o.fingerprint_key = n.fingerprint_key and o.id <> n.id
      ) then fingerprint_key else n.fingerprint_key end,
      clock_skew_seconds = n.clock_skew_seconds, last_seen_at = greatest(last_seen_at, n.last_seen_at)
    where id = n.id and customer_id = n.customer_id;
    -- A component that this request does not name may be one that another product reads.
    update device_components c set gone_at = n.last_seen_at
    where c.device_id = n.id and c.gone_at is null and v_components ? c.name and v_components->>c.name <> c.digest;
  end if;
  insert into device_components (customer_id, device_id, name, digest, seen_at)
  select n.customer_id, n.id, key, value, n.last_seen_at from jsonb_each_text(v_components)
  on conflict (device_id, name, digest) do update set gone_at = null where device_components.gone_at is not null;
  return true;
end
$function$
CREATE OR REPLACE FUNCTION public.write_exchange(p jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into exchanges select * from jsonb_populate_record(null::exchanges, '{"facts": {}}' || p)
$function$

-- triggers
CREATE TRIGGER activations_close_claims AFTER UPDATE OF state ON public.activations FOR EACH ROW WHEN (((old.released_at IS NULL) AND (new.released_at IS NOT NULL))) EXECUTE FUNCTION close_claims_of_ended() [enabled]
CREATE TRIGGER audit_checkpoints_rows_stay BEFORE DELETE OR UPDATE ON public.audit_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER audit_checkpoints_table_stays BEFORE TRUNCATE ON public.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER audit_entries_rows_stay BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER audit_entries_table_stays BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER audit_seals_rows_stay BEFORE DELETE OR UPDATE ON public.audit_seals FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER audit_seals_table_stays BEFORE TRUNCATE ON public.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER device_notes_rows_stay BEFORE DELETE OR UPDATE ON public.device_notes FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER device_notes_table_stays BEFORE TRUNCATE ON public.device_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER exchange_keys_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.exchange_keys FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER exchanges_rows_stay BEFORE DELETE OR UPDATE ON public.exchanges FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER exchanges_table_stays BEFORE TRUNCATE ON public.exchanges FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER inspections_rows_stay BEFORE DELETE OR UPDATE ON public.inspections FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER inspections_table_stays BEFORE TRUNCATE ON public.inspections FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER keygen_issuers_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.keygen_issuers FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER keygen_keys_rows_stay BEFORE DELETE OR UPDATE ON public.keygen_keys FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER keygen_keys_table_stays BEFORE TRUNCATE ON public.keygen_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER leases_rows_stay BEFORE DELETE OR UPDATE ON public.leases FOR EACH ROW EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER leases_table_stays BEFORE TRUNCATE ON public.leases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change() [enabled always]
CREATE TRIGGER licensespring_clients_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.licensespring_clients FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER licensespring_issuer_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.licensespring_issuer FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER products_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.products FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER signing_keys_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.signing_keys FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]
CREATE TRIGGER vendor_count AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.vendor FOR EACH STATEMENT EXECUTE FUNCTION count_key_change() [enabled]

-- grants on tables and sequences
activation_code_entitlements to airgate_app: delete, insert, select, update
activation_codes to airgate_app: delete, insert, select, update
activations to airgate_app: delete, insert, select, update
audit_checkpoints to airgate_app: select
audit_entries to airgate_app: select
audit_entries_id_seq to airgate_app: usage
audit_seals to airgate_app: select
audit_watermark to airgate_app: select
calendar_links to airgate_app: delete, insert, select, update
claim_mails to airgate_app: delete, insert, select, update
claims to airgate_app: delete, insert, select, update
customers to airgate_app: delete, insert, select, update
device_components to airgate_app: delete, insert, select, update
device_notes to airgate_app: insert, select
devices to airgate_app: delete, insert, select, update
entitlement_assignments to airgate_app: delete, insert, select, update
entitlement_usage to airgate_app: delete, insert, select, update
entitlements to airgate_app: delete, insert, select, update
exchange_keys to airgate_app: delete, insert, select, update
exchanges to airgate_app: insert, select
inspections to airgate_app: insert, select
key_revision to airgate_app: delete, insert, select, update
keygen_issuers to airgate_app: delete, insert, select, update
keygen_keys to airgate_app: insert, select
keygen_policies to airgate_app: delete, insert, select, update
lease_reminders to airgate_app: delete, insert, select, update
leases to airgate_app: insert, select
licensespring_clients to airgate_app: delete, insert, select, update
licensespring_issuer to airgate_app: delete, insert, select, update
licensespring_licences to airgate_app: delete, insert, select, update
licensespring_users to airgate_app: delete, insert, select, update
offerings to airgate_app: delete, insert, select, update
pending_sign_ins to airgate_app: delete, insert, select, update
products to airgate_app: delete, insert, select, update
rate_limits to airgate_app: delete, insert, select, update
reminder_files to airgate_app: delete, insert, select, update
reminder_settings to airgate_app: delete, insert, select, update
second_factors to airgate_app: delete, insert, select, update
session_codes to airgate_app: delete, insert, select, update
sessions to airgate_app: delete, insert, select, update
sign_in_codes to airgate_app: delete, insert, select, update
signing_keys to airgate_app: delete, insert, select, update
users to airgate_app: delete, insert, select, update
vendor to airgate_app: delete, insert, select, update

-- grants on columns
audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id, trouble_code, detail) to airgate_app: insert

-- grants on functions
account_elsewhere(uuid) to airgate_app
close_claim(jsonb) to airgate_app
close_claims_of_ended() to airgate_app
code_is_full(uuid,uuid,uuid) to airgate_app
commit_bundle(jsonb) to airgate_app
commit_document(jsonb) to airgate_app
commit_issue(jsonb) to airgate_app
commit_person(jsonb) to airgate_app
commit_release(jsonb) to airgate_app
commit_return(jsonb) to airgate_app
count_key_change() to airgate_app
delete_person(jsonb) to airgate_app
dialect_guard(text,jsonb) to airgate_app
dialect_refuses_seat(text,uuid,jsonb,timestamp with time zone) to airgate_app
drop_files(jsonb) to airgate_app
drop_unreadable(uuid) to airgate_app
expire_invitations(timestamp with time zone,integer) to airgate_app
invitation_ran_out(timestamp with time zone,timestamp with time zone) to airgate_app
invite_person(jsonb) to airgate_app
is_device_known(jsonb) to airgate_app
lock_and_settle(jsonb) to airgate_app
machine_is_elsewhere(uuid,text,timestamp with time zone) to airgate_app
move_person(jsonb) to airgate_app
open_claim(jsonb) to airgate_app
place_person(jsonb) to airgate_app
possibly_running(uuid,timestamp with time zone) to airgate_app
record_attempt(jsonb,jsonb,uuid) to airgate_app
refuse_change() to airgate_app
reinstalls_used(uuid,timestamp with time zone,timestamp with time zone) to airgate_app
seal_audit(jsonb,jsonb) to airgate_app
settle_leases(uuid,timestamp with time zone) to airgate_app
settle_ran_out(timestamp with time zone,integer) to airgate_app
take_away(uuid,timestamp with time zone) to airgate_app
take_seat(uuid,integer,timestamp with time zone) to airgate_app
undo_release(jsonb) to airgate_app
write_audit(jsonb) to airgate_app
write_device(jsonb) to airgate_app
write_exchange(jsonb) to airgate_app

-- settings of roles in this database
airgate_app: DateStyle=ISO
airgate_app: idle_in_transaction_session_timeout=10s
airgate_app: lock_timeout=2s
airgate_app: statement_timeout=5s
airgate_app: synchronous_commit=on
