import { deactivate } from '@/lib/operations/licensespring/activate';
import { answerCall, answerOtherMethod } from '@/lib/web/licensespring/answer-call';

/** Takes back the seat of a device (docs/formats/licensespring.md, over HTTP). */
export const POST = (request: Request) => answerCall(request, { operation: deactivate, format: () => 'license_deactivated' });

export {
  answerOtherMethod as DELETE,
  answerOtherMethod as GET,
  answerOtherMethod as OPTIONS,
  answerOtherMethod as PATCH,
  answerOtherMethod as PUT,
};
