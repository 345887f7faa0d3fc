import { describeDialect } from './describe-dialect';
import type { ToySaid } from './toy-dialect';
import { toyDialect, writeToyRequest } from './toy-dialect';

const SECRET = { secret: 'a secret of all toys' };

function said(kind: ToySaid['kind']): ToySaid {
  return { kind, id: '1', machine: 'Bear', code: 'AAAA-BBBB-CCCC-DDDD', issuedAt: '2026-01-01T00:00:00Z' };
}

describeDialect({
  dialect: toyDialect,
  async makeFiles() {
    const kinds = ['activation', 'deactivation'] as const;
    return kinds.map((kind) => ({ kind, text: writeToyRequest(said(kind), SECRET), keys: SECRET }));
  },
  makeWrongKeys: async () => ({ secret: 'another' }),
});
