import { DIALECT_COMMANDS } from '../dialects/dialect-commands';
import { auditCommands } from './audit-commands';
import { catalogueCommands } from './catalogue-commands';
import { codeCommands } from './code-commands';
import { entitlementCommands } from './entitlement-commands';
import { exchangeCommand } from './exchange-command';
import { keyCommands } from './key-commands';
import { peopleCommands } from './people-commands';
import type { OperatorCommand } from './perform-command';
import { vendorCommands } from './vendor-commands';

/** Everything the operator can do, in the order of setting up a portal. */
export const COMMANDS: readonly OperatorCommand[] = [
  ...vendorCommands,
  ...keyCommands,
  ...catalogueCommands,
  ...peopleCommands,
  ...entitlementCommands,
  ...codeCommands,
  ...DIALECT_COMMANDS,
  exchangeCommand,
  ...auditCommands,
];
