import { answerUnknown } from '@/lib/web/licensespring/answer-call';

/** Refuses all other addresses of this API, in its error format. */
export {
  answerUnknown as DELETE,
  answerUnknown as GET,
  answerUnknown as OPTIONS,
  answerUnknown as PATCH,
  answerUnknown as POST,
  answerUnknown as PUT,
};
