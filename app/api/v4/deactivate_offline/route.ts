import { deactivate } from '@/lib/operations/licensespring/activate';
import { answerCall, answerOtherMethod } from '@/lib/web/licensespring/answer-call';

/** Deactivates a device with its request file (docs/formats/licensespring.md, over HTTP). */
export const POST = (request: Request) => answerCall(request, { operation: deactivate, format: () => 'license_deactivated' });

export {
  answerOtherMethod as DELETE,
  answerOtherMethod as GET,
  answerOtherMethod as OPTIONS,
  answerOtherMethod as PATCH,
  answerOtherMethod as PUT,
};
