import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { KeygenPublicForms } from '@/lib/dialects/keygen/issuer';
import { callApi, expectSigned } from './helpers/call-keygen-api';
import { expect, test } from './helpers/fixtures';
import { startMailServer } from './helpers/mail-server';
import { openMailbox } from './helpers/mailbox';
import { NGINX, startNginx } from './helpers/nginx';
import { freePort, startSealingPortal } from './helpers/sealing-server';
import { askForCode, typeCode } from './helpers/sign-in';

const MEMBER = 'mira@hallmann.example.com';
const APPENDED = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';

/** What a proxy passes on: as people set nginx up. */
const PROXIES = {
  'keeps the host': ['proxy_set_header Host $http_host;', APPENDED],
  'puts its own host in the place of it, as nginx does when nobody says otherwise': [APPENDED],
  'drops the port': ['proxy_set_header Host $host;', APPENDED],
  'says all it knows': [
    'proxy_set_header Host $http_host;',
    APPENDED,
    'proxy_set_header X-Forwarded-Host $http_host;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
  ],
} as const;

const PATH = '/v1/licenses/actions/validate-key';
const BODY = JSON.stringify({ meta: { key: 'nothing' } });

/** A browser that takes the certificate that nobody signed. */
async function withBrowser(browser: Browser, options: { scripts: boolean }, use: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext({
    ignoreHTTPSErrors: true,
    javaScriptEnabled: options.scripts,
    baseURL: '',
  });
  await use(await context.newPage()).finally(() => context.close());
}

test('where people reach the portal holds behind every proxy, and elsewhere it says where it is', async ({ browser, folder }) => {
  // biome-ignore lint/suspicious/noSkippedTests: nothing that the product needs; the rules themselves are tested without it
  test.skip(NGINX === undefined, 'nginx is not installed on this machine');
  const mail = await startMailServer(`${folder}/mail`);
  const mailbox = openMailbox(`${folder}/mail`);
  const portal = await startSealingPortal(folder);
  const [port, plainPort] = [await freePort(), await freePort()];
  const url = `https://localhost:${port}`;
  const person = ['--email', MEMBER, '--name', 'Mira', '--role', 'member', '--customer', 'hallmann'];
  for (const command of [
    ['user', 'create', ...person],
    ['keygen', 'keys', 'create'],
  ]) {
    const { exitCode, stderr } = await portal.operator(...command);
    expect(exitCode, stderr).toBe(0);
  }
  const keys: KeygenPublicForms = JSON.parse((await portal.operator('keygen', 'public', '--json')).stdout);
  const web = await portal.serve('127.0.0.1', { NEXTAUTH_URL: url, TRUST_PROXY: '1', SMTP_URL: mail.url });

  try {
    for (const [what, passes] of Object.entries(PROXIES)) {
      await test.step(`a proxy that ${what}`, async () => {
        const proxy = await startNginx({ folder, port, plainPort, portalPort: portal.port, passes });
        try {
          await withBrowser(browser, { scripts: true }, async (page) => {
            const faults: string[] = [];
            page.on('response', (response) => response.status() >= 500 && faults.push(`${response.status()} ${response.url()}`));
            const asked = await page.goto(`${url}/sign-in?next=/exchange`);
            expect(asked?.headers()['cache-control']).toMatch(/no-store.*no-transform/);
            await typeCode(page, await askForCode(page, mailbox, MEMBER));
            await expect(page).toHaveURL(`${url}/exchange`);
            const session = (await page.context().cookies()).find(({ name }) => name === '__Host-airgate.session');
            expect(session?.secure).toBe(true);
            await page
              .getByLabel('Choose file')
              .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
            await expect(page).toHaveURL(new RegExp(`^${url}/exchange/.`));
            expect(faults).toEqual([]);
          });
          const call = { path: PATH, body: BODY };
          const reply = await callApi(`http://127.0.0.1:${plainPort}`, call);
          expectSigned(reply, { call, host: `localhost:${port}`, keys, algorithm: 'ed25519' });

          for (const scripts of [true, false]) {
            for (const elsewhere of [`http://localhost:${plainPort}`, `https://127.0.0.1:${port}`]) {
              await withBrowser(browser, { scripts }, async (page) => {
                await page.goto(`${elsewhere}/sign-in`);
                // Without scripts, where a proxy does not tell, it is found when the form is sent.
                const form = page.getByLabel('E-mail address');
                const found = page.getByRole('heading', { name: 'The portal is at another address' });
                await expect(form.or(found).first()).toBeVisible();
                if (!scripts && (await form.isVisible())) {
                  await form.fill(MEMBER);
                  await page.getByRole('button', { name: 'Send me a code' }).click();
                }
                await expect(found).toBeVisible();
                await page.getByRole('link', { name: url }).click();
                await expect(page).toHaveURL(new RegExp(`^${url}/`));
              });
            }
          }
        } finally {
          await proxy.stop();
        }
      });
    }
  } finally {
    await web.stop();
    await portal.stop();
    await mail.stop();
  }
});
