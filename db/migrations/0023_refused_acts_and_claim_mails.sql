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
	CONSTRAINT "claim_mails_tells" CHECK ("claim_mails"."tells" in ('asked', 'approved', 'refused', 'withdrawn', 'closed')),
	CONSTRAINT "claim_mails_outcome" CHECK ("claim_mails"."outcome" in ('accepted', 'refused', 'failed')),
	CONSTRAINT "claim_mails_settled" CHECK (("claim_mails"."settled_at" is null) = ("claim_mails"."outcome" is null or "claim_mails"."outcome" = 'failed'))
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "trouble_code" text;--> statement-breakpoint
ALTER TABLE "claim_mails" ADD CONSTRAINT "claim_mails_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_mails" ADD CONSTRAINT "claim_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_mails_waiting" ON "claim_mails" USING btree ("wanted_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "claims_opened" ON "claims" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "audit_entries_trouble_code" ON "audit_entries" USING btree ("trouble_code","id") WHERE trouble_code is not null;