import { answerOtherMethod } from '@/lib/web/keygen-api/answer-validation';

/** Confirms that the portal is reachable. `no-transform`, like the other responses of this API. */
export const POST = () => Response.json({}, { headers: { 'Cache-Control': 'no-store, no-transform' } });
export { POST as GET };

const other = (request: Request) => answerOtherMethod(request);

export { other as DELETE, other as OPTIONS, other as PATCH, other as PUT };
