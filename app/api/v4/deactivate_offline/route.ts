import { deactivate } from '@/lib/operations/licensespring/activate';
import { answerCall } from '@/lib/web/licensespring/answer-call';

/** Takes back the seat of a device (docs/formats/licensespring.md, over HTTP). */
export const POST = (request: Request) => answerCall(request, { operation: deactivate, say: () => 'license_deactivated' });
