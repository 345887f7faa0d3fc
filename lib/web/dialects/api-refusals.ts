import type { IncomingMessage } from 'node:http';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { applicationContext } from '../application-context';
import type { Refused } from '../front/check-request-line';
import { answerRefused as answerSigned } from '../keygen-api/answer-signed';
import { wholeError } from '../keygen-api/api-error';
import { answerRefused as answerPlainly } from '../licensespring/answer-call';

/** Responds to a refused request in the error format of an API. */
type AnswerRefused = (request: IncomingMessage, refused: Refused) => Promise<Response> | Response;

/** How each dialect's API refuses; null for a dialect whose software does not call. */
export const API_REFUSALS: Readonly<Record<DialectId, AnswerRefused | null>> = {
  native: null,
  keygen(request, { status, rejection }) {
    const { method = '', url: target = '' } = request;
    const context = applicationContext(headerOf(request, 'x-forwarded-for'), 'Keygen API');
    const asked = { host: headerOf(request, 'host') ?? '', acceptSignature: headerOf(request, 'keygen-accept-signature') };
    return answerSigned({ method, target, context, ...asked }, wholeError(status, rejection));
  },
  licensespring: (_, { rejection }) => answerPlainly(rejection),
};

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
