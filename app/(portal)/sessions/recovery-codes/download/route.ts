import { perform } from '@/lib/operations/operation';
import { showRecoveryCodes } from '@/lib/operations/sign-in/shown-recovery-codes';
import { currentSignedIn, requestContext, signInPath } from '@/lib/web/request-context';
import { answerRoute, PRIVATE, seeOther } from '@/lib/web/responses/respond';
import { services } from '@/lib/web/services';
import { readRecoveryCookie } from '@/lib/web/sign-in/recovery-cookie';
import { portalUrl } from '@/lib/web/web-settings';

/** Downloads the recovery codes as a text file, while this browser may show them. */
export const GET = answerRoute(async () => {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return seeOther(signInPath('/sessions/recovery-codes'));
  const input = { kept: await readRecoveryCookie(), session: signedIn.sessionId };
  const result = await perform(showRecoveryCodes, input, await requestContext());
  const codes = result.ok ? result.value : null;
  if (codes === null) return seeOther('/sessions/recovery-codes');
  const vendor = await services().keyring.identity();
  const head = `Recovery codes of ${signedIn.email} for the ${vendor.name} portal, ${portalUrl().origin}`;
  const text = [head, 'Each one signs in once, in place of the code from the app.', '', ...codes, ''].join('\r\n');
  return new Response(text, {
    headers: {
      ...PRIVATE,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'attachment; filename="recovery-codes.txt"',
    },
  });
});
