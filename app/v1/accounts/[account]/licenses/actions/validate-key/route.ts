import { answerOtherMethod, answerValidation } from '@/lib/web/keygen-api/answer-validation';

type Context = RouteContext<'/v1/accounts/[account]/licenses/actions/validate-key'>;

/** Validates a licence key, for clients that put the account into the address. */
export const POST = async (request: Request, { params }: Context) => answerValidation(request, (await params).account);

const other = async (request: Request, { params }: Context) => answerOtherMethod(request, (await params).account);

export { other as DELETE, other as GET, other as OPTIONS, other as PATCH, other as PUT };
