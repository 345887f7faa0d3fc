import { z } from 'zod';
import { readLicences } from '@/db/licensespring/licensespring-licences';
import { numberOf } from '@/lib/dialects/licensespring/read-json';
import { defineOperation, done } from '../../operation';
import { code } from '../../operator-input';

/** Older ones are listed by product. */
const MOST_LISTED = 200;

/** Lists the newest licences of the LicenseSpring dialect, of all products or of one. */
export const listLicences = defineOperation({
  name: 'licensespring.list-licences',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({ product: code.nullable().default(null) }),
  async run({ product }, { db }) {
    const rows = await readLicences(db, { product, limit: MOST_LISTED });
    return done(rows.map((row) => ({ ...row, id: numberOf(row.entitlementId) })));
  },
});
