import type { BundleFound } from '@/db/exchange/read-bundle';
import { readBundle } from '@/db/exchange/read-bundle';
import { deviceKeyOf } from '@/lib/dialects/licensespring/device-key';
import { requestDetails } from '@/lib/dialects/licensespring/request-details';
import { sealBundle } from '@/lib/dialects/licensespring/seal';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import { requestKeyOf } from '@/lib/licensing/exchange/request-key';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { BundleCase, BundleHooks, BundleLine } from '../dialects/hooks';
import { licenseSpringKeys } from './keys';

/** Bundles of the LicenseSpring dialect: one key for licences of several products. */
export const licenseSpringBundles: BundleHooks = {
  isAskedBy: ({ details }) => requestDetails.parse(details).bundleCode !== null,
  findLines,
  seal: (replies, keys, signing) => sealBundle(replies, { ...licenseSpringKeys(keys).sealing, signing }),
};

/** Finds the licences of the bundle that a request asks for. @returns a line for each licence, or the rejection */
async function findLines(
  context: ActingContext,
  { request, requestKey, keys, scope }: BundleCase,
): Promise<readonly BundleLine[] | Rejection> {
  const { bundleCode: named, productCode, schema } = requestDetails.parse(request.details);
  const bundleCode = named ?? productCode;
  const codeDigest = await keys.digestCode(request.activationCode, request.codeKind);
  const found = await readBundle(context.db, { scope, codeDigest, bundleCode });
  const refused = refuseBundle(found, bundleCode);
  if (refused !== null) return refused;
  for (const { productCode: product } of found.lines) {
    const wanted = await licenseSpringKeys(keys).opening.licenseSpring.minimumSchema(product);
    if (schema < wanted) return reject('file-schema-too-old', { product, wanted, found: schema });
  }
  const requests = found.lines.map((line) => requestOfLine(request, line));
  // The first line keeps the request key of the file, by which a repeated file finds its answer.
  return requests.map((line, index) => ({ request: line, requestKey: index === 0 ? requestKey : requestKeyOf(line) }));
}

function refuseBundle({ product, code, lines }: BundleFound, bundleCode: string): Rejection | null {
  const about = { product: bundleCode };
  if (product === null) return reject('product-unknown', about);
  if (product.disabledAt !== null) return reject('product-disabled', about);
  if (product.archivedAt !== null) return reject('product-archived', about);
  if (!product.isBundle) return reject('not-a-bundle', about);
  if (code === null || lines.length === 0) return reject('activation-code-unknown');
  if (code.withdrawnAt !== null) return reject('activation-code-withdrawn');
  return code.isOfBundle ? null : reject('entitlement-unknown');
}

/** Makes the request of one line. Its device key is the one that a later request for this product alone will have. */
function requestOfLine(request: ActivationRequest, line: BundleFound['lines'][number]): ActivationRequest {
  const { productCode, entitlementId } = line;
  const details = requestDetails.parse(request.details);
  const identity = { kind: details.identity, text: request.activationCode };
  return {
    ...request,
    productCode,
    entitlementId,
    deviceKey: deviceKeyOf({ identity, hardwareId: details.hardwareId, productCode }),
    details: { ...details, productCode, licenceId: null },
  };
}
