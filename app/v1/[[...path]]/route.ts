import { answerUnknown } from '@/lib/web/keygen-api/answer-validation';

/** Refuses all other addresses of this API, with a signed error. */
export {
  answerUnknown as DELETE,
  answerUnknown as GET,
  answerUnknown as OPTIONS,
  answerUnknown as PATCH,
  answerUnknown as POST,
  answerUnknown as PUT,
};
