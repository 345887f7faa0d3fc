import { activate } from '@/lib/operations/licensespring/activate';
import { answerCall, answerOtherMethod } from '@/lib/web/licensespring/answer-call';

/** Answers an activation request of an application (docs/formats/licensespring.md, over HTTP). */
export const POST = (request: Request) => answerCall(request, { operation: activate, format: ({ text }) => text });

export {
  answerOtherMethod as DELETE,
  answerOtherMethod as GET,
  answerOtherMethod as OPTIONS,
  answerOtherMethod as PATCH,
  answerOtherMethod as PUT,
};
