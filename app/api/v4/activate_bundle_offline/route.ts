import { activateBundle } from '@/lib/operations/licensespring/activate';
import { answerCall, answerOtherMethod } from '@/lib/web/licensespring/answer-call';

/** Answers an activation request for all licences of a bundle (docs/formats/licensespring.md, over HTTP). */
export const POST = (request: Request) => answerCall(request, { operation: activateBundle, format: ({ text }) => text });

export {
  answerOtherMethod as DELETE,
  answerOtherMethod as GET,
  answerOtherMethod as OPTIONS,
  answerOtherMethod as PATCH,
  answerOtherMethod as PUT,
};
