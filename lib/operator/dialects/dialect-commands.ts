import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { OperationContext } from '@/lib/operations/context';
import { showKeygenPublic } from '@/lib/operations/keygen/manage-issuers';
import { exportVendor } from '@/lib/operations/keys/list-keys';
import type { Result } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { keygenCommands } from '../commands/keygen-commands';
import { setProofsCommand } from '../commands/keygen-offering';
import { licenseSpringCommands } from '../commands/licensespring-commands';
import type { OperatorCommand } from '../commands/perform-command';

interface DialectCommands {
  readonly commands: readonly OperatorCommand[];
  /** Commands that change an offering's settings for the dialect. */
  readonly ofOfferings: readonly OperatorCommand[];
  /** Exports the keys that its software is built with; null when its own commands do. */
  readonly exportVendor: ((context: OperationContext) => Promise<Result<object>>) | null;
}

const BY_DIALECT: Readonly<Record<DialectId, DialectCommands>> = {
  native: { commands: [], ofOfferings: [], exportVendor: (context) => perform(exportVendor, {}, context) },
  keygen: {
    commands: keygenCommands,
    ofOfferings: [setProofsCommand],
    exportVendor: (context) => perform(showKeygenPublic, {}, context),
  },
  licensespring: { commands: licenseSpringCommands, ofOfferings: [], exportVendor: null },
};

export const DIALECT_COMMANDS = Object.values(BY_DIALECT).flatMap(({ commands }) => commands);

export const DIALECT_OFFERING_COMMANDS = Object.values(BY_DIALECT).flatMap(({ ofOfferings }) => ofOfferings);

/** Exports for software of each dialect, by dialect. */
export const VENDOR_EXPORTS = new Map(
  Object.entries(BY_DIALECT).flatMap(([id, { exportVendor: run }]) => (run === null ? [] : [[id, run] as const])),
);
