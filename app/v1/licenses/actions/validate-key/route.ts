import { answerOtherMethod, answerValidation } from '@/lib/web/keygen-api/answer-validation';

/** Validates a licence key (docs/formats/keygen.md, signed responses). */
export const POST = (request: Request) => answerValidation(request, null);

const other = (request: Request) => answerOtherMethod(request, null);

export { other as DELETE, other as GET, other as OPTIONS, other as PATCH, other as PUT };
