import 'server-only';
import { cookies } from 'next/headers';
import type { AuthOptions } from 'next-auth';
import NextAuth from 'next-auth';
import { decode } from 'next-auth/jwt';
import credentialsProvider from 'next-auth/providers/credentials';
import { SESSION_DAYS } from '@/lib/operations/limits/limits';
import { portalSecret, usesSecureCookies } from '../web-settings';
import { callNextAuth } from './call-next-auth';

// next-auth handles the CSRF token and the session cookie; sessions themselves are rows in our database.

const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;

/** Gets the cookie names, distinct from other software on the same host. `__Host-` binds a cookie to this host and https. */
export function cookieNames() {
  const prefix = usesSecureCookies() ? '__Host-' : '';
  return {
    session: `${prefix}airgate.session`,
    guard: `${prefix}airgate.guard`,
    code: `${prefix}airgate.code`,
    pending: `${prefix}airgate.pending`,
    recovery: `${prefix}airgate.recovery`,
    place: `${prefix}airgate.place`,
    visitor: `${prefix}airgate.visitor`,
  };
}

/** Gets the options of every cookie of the portal. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: usesSecureCookies() } as const;
}

type OpenSession = (fields: Readonly<Record<string, string>>) => Promise<string | null>;

function optionsWith(openSession: OpenSession): AuthOptions {
  const names = cookieNames();
  const options = cookieOptions();
  return {
    secret: portalSecret(),
    useSecureCookies: usesSecureCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: { name: names.session, options },
      csrfToken: { name: names.guard, options },
      callbackUrl: { name: names.place, options },
    },
    providers: [
      credentialsProvider({
        credentials: {},
        async authorize(fields) {
          const sessionId = await openSession(fields ?? {});
          return sessionId === null ? null : { id: sessionId };
        },
      }),
    ],
    // The cookie contains only the id of the session row.
    callbacks: { jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }) },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

/** Makes the `Set-Cookie` lines of the CSRF token; none when the browser has a valid one. */
export async function guardCookies(): Promise<readonly string[]> {
  const names = cookieNames();
  const kept = (await cookies()).get(names.guard)?.value;
  const answer = await callNextAuth(NextAuth(optionsWith(async () => null)), {
    path: ['csrf'],
    method: 'GET',
    cookies: kept === undefined ? {} : { [names.guard]: kept },
  });
  return answer.setCookies.filter((line) => line.startsWith(`${names.guard}=`));
}

/** Gets the CSRF token that a form must send in addition to the cookie; null without the cookie. */
export async function guardToken(): Promise<string | null> {
  const kept = (await cookies()).get(cookieNames().guard)?.value;
  return kept?.split('|')[0] || null;
}

/**
 * Runs the last step of signing in: next-auth checks the CSRF token, then `openSession` decides.
 *
 * @param openSession opens a session and returns its id, or null; not called when the CSRF token is wrong
 * @returns the `Set-Cookie` lines of the session; null when refused
 */
export async function completeSignIn(
  fields: Readonly<Record<string, string>>,
  openSession: OpenSession,
): Promise<readonly string[] | null> {
  const names = cookieNames();
  const guard = (await cookies()).get(names.guard)?.value;
  let opened = false;
  const answer = await callNextAuth(
    NextAuth(
      optionsWith(async (given) => {
        const sessionId = await openSession(given);
        opened = sessionId !== null;
        return sessionId;
      }),
    ),
    {
      path: ['callback', 'credentials'],
      method: 'POST',
      body: fields,
      cookies: guard === undefined ? {} : { [names.guard]: guard },
    },
  );
  return opened ? answer.setCookies.filter((line) => line.startsWith(`${names.session}=`)) : null;
}

/** Reads the session id from the cookie; null without a valid cookie. Does not check that the session is active. */
export async function sessionIdFromCookie(): Promise<string | null> {
  const token = (await cookies()).get(cookieNames().session)?.value;
  if (token === undefined) return null;
  const claims = await decode({ token, secret: portalSecret() }).catch(() => null);
  return typeof claims?.sid === 'string' ? claims.sid : null;
}
