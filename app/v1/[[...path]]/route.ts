import { answerUnknown } from '@/lib/web/keygen-api/answer-validation';

/** Whatever else is asked of this API, it answers as the rest of it does: by an error that is signed. */
export {
  answerUnknown as DELETE,
  answerUnknown as GET,
  answerUnknown as OPTIONS,
  answerUnknown as PATCH,
  answerUnknown as POST,
  answerUnknown as PUT,
};
