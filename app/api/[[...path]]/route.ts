import { answerUnknown } from '@/lib/web/licensespring/answer-call';

/** Whatever else is asked of this API, it answers as the rest of it does. */
export {
  answerUnknown as DELETE,
  answerUnknown as GET,
  answerUnknown as OPTIONS,
  answerUnknown as PATCH,
  answerUnknown as POST,
  answerUnknown as PUT,
};
