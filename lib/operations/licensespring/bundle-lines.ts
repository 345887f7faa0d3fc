import type { BundleFound } from '@/db/read-bundle';
import { readBundle } from '@/db/read-bundle';
import { deviceKeyOf } from '@/lib/dialects/licensespring/device-key';
import { requestDetails } from '@/lib/dialects/licensespring/request-details';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import type { ActivationRequest } from '@/lib/licensing/request';
import type { ActingContext } from '../context';
import type { OpenedFile } from '../open-file';
import { requestKeyOf } from '../open-file';
import { scopeOfFile } from '../scope-of-file';
import type { OpenedCall } from './open-call';

/** A licence of a bundle, as if its own request had been brought. */
export interface BundleLine {
  readonly opened: OpenedFile & { readonly request: ActivationRequest };
}

/** The short code of the bundle: of its own member, or of the product in whose place it stands. */
export function bundleCodeOf(request: ActivationRequest): string {
  return requestDetails.parse(request.details).bundleCode ?? request.productCode;
}

/** Finds the licences of the bundle that a request asks for. */
export async function findBundleLines(
  context: ActingContext,
  { call, request }: { call: OpenedCall; request: ActivationRequest },
): Promise<readonly BundleLine[] | Rejection> {
  const { opened, keys } = call;
  const bundleCode = bundleCodeOf(request);
  const scope = await scopeOfFile(context.actor, call);
  const codeDigest = await keys.digestCode(request.activationCode, request.codeKind);
  const found = await readBundle(context.db, { scope, codeDigest, bundleCode });
  const refused = refuseBundle(found, bundleCode);
  if (refused !== null) return refused;
  const { schema } = requestDetails.parse(request.details);
  for (const { productCode: product } of found.lines) {
    const wanted = await keys.licenseSpring.minimumSchema(product);
    if (schema < wanted) return reject('file-schema-too-old', { product, wanted, found: schema });
  }
  return found.lines.map((line) => {
    const lineRequest = requestOfLine(request, line);
    return { opened: { ...opened, request: lineRequest, requestKey: requestKeyOf(lineRequest) } };
  });
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

/** Each licence has a device key of its own, the same that a later request for this product alone has. */
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
