/** Options of nodemailer for the connection to a mail server. */
const KNOWN =
  /^(?:tls\.\w+|secure|ignoreTLS|requireTLS|opportunisticTLS|name|localAddress|authMethod|pool|maxConnections|maxMessages)$/;

const ENCODE = 'In user and password write # as %23, @ as %40, / as %2F, ? as %3F, : as %3A and % as %25.';

/**
 * Checks the address of a mail server. Errors never quote the address, since it holds a password.
 *
 * @returns the address unchanged
 * @throws Error what was expected
 */
export function readMailUrl(text: string): string {
  const expected = 'expected a mail server, such as smtps://user:password@mail.example.com or smtp://mail.example.com:587';
  if (!/^smtps?:\/\//i.test(text)) throw new Error(`${expected}, found something that does not begin with smtp:// or smtps://.`);
  const url = URL.canParse(text) ? new URL(text) : null;
  // After a character that ends the password too early, the rest of it is in the path, the query or the fragment.
  const isCut =
    url === null ||
    url.hash !== '' ||
    !/^\/?$/.test(url.pathname) ||
    (url.search !== '' && text.indexOf('?') < text.lastIndexOf('@'));
  if (isCut || url.hostname === '') throw new Error(`${expected}, found an address that cannot be read. ${ENCODE}`);
  if (/%(?![0-9a-f]{2})/i.test(url.username + url.password))
    throw new Error(`${expected}, found a % that stands for no character. ${ENCODE}`);
  for (const name of url.searchParams.keys()) {
    if (!KNOWN.test(name))
      throw new Error(`expected no parameter ${JSON.stringify(name)}, which the mailer does not know. Leave it out.`);
  }
  return text;
}
