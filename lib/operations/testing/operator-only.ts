/** Operations of the command line: nobody else may perform them, whatever they name. Their own tests show that the operator can. */
export const OPERATOR_ONLY = [
  ...[
    'vendor.init',
    'vendor.export',
    'key.list',
    'key.rotate',
    'product.create',
    'product.list',
    'offering.create',
    'offering.list',
  ],
  ...['customer.create', 'customer.list', 'user.create', 'user.list', 'user.find', 'entitlement.create', 'entitlement.disable'],
  ...['audit.seal', 'lease.settle'],
  ...['entitlement.enable', 'entitlement.assign', 'entitlement.set-release-policy', 'code.create', 'code.withdraw', 'code.list'],
];
