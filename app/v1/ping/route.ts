import { answerOtherMethod } from '@/lib/web/keygen-api/answer-validation';

/** Tells an application that the portal can be reached, and nothing else. Too little to be worth compressing. */
export const POST = () => Response.json({}, { headers: { 'Cache-Control': 'no-store, no-transform' } });
export { POST as GET };

const other = (request: Request) => answerOtherMethod(request);

export { other as DELETE, other as OPTIONS, other as PATCH, other as PUT };
