/** Operations of the command line: nobody else may perform them, whatever they name. Their own tests show that the operator can. */
export const OPERATOR_ONLY = [
  ...[
    'vendor.init',
    'vendor.export',
    'key.list',
    'key.rotate',
    'product.create',
    'product.set',
    'product.list',
    'offering.create',
    'offering.list',
  ],
  ...[
    'customer.create',
    'customer.list',
    'user.create',
    'user.list',
    'user.find',
    'user.reset-second-factor',
    'entitlement.create',
  ],
  ...['keygen.create-keys', 'keygen.rotate-keys', 'keygen.list-keys'],
  ...[
    'audit.seal',
    'lease.settle',
    'reminder.list',
    'reminder.claim',
    'reminder.settle',
    'claim-mail.claim',
    'claim-mail.settle',
  ],
  ...['entitlement.assign', 'entitlement.set-release-policy', 'code.create', 'code.withdraw', 'code.list'],
];
