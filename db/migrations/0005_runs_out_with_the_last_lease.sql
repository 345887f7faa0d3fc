ALTER TABLE "activations" ALTER COLUMN "runs_out_at" DROP EXPRESSION;--> statement-breakpoint
ALTER TABLE "activations" ADD COLUMN "fingerprint" jsonb NOT NULL DEFAULT '{"version": 1, "components": {}}';--> statement-breakpoint
ALTER TABLE "activations" ALTER COLUMN "fingerprint" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_runs_out" CHECK ("activations"."runs_out_at" >= coalesce("activations"."grace_ends_at", "activations"."lease_ends_at"));