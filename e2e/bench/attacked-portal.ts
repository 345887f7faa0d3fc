import { sql } from 'drizzle-orm';
import { answerRequest } from './answer-request';
import type { Target } from './attacks';
import type { Installation } from './bench-portal';
import { installPortal, OPERATOR, openPortal } from './bench-portal';
import type { BenchDatabase } from './bench-server';
import { sellLicences } from './keygen-licences';
import { startWebPortal } from './web-portal';
import { writeRequests } from './write-requests';

/** A portal to be attacked. */
export interface AttackedPortal {
  readonly target: Target;
  stop(): Promise<void>;
}

/** Makes a device, and keys for software built for Keygen. @returns the id of the device */
async function furnish(installation: Installation, database: BenchDatabase): Promise<string> {
  const operator = openPortal({ ...installation, url: database.appUrl, actor: OPERATOR });
  await sellLicences(operator.context, 1);
  await operator.close();
  const { context, close } = openPortal({ ...installation, url: database.appUrl });
  const [request = ''] = await writeRequests(installation, { count: 1, entitlements: installation.entitlements });
  await answerRequest(context, request);
  const rows = await context.db.execute<{ id: string }>(sql`select device_id as id from activations where dialect = 'native'`);
  await close();
  return rows[0]?.id ?? '';
}

/** The field by which the form of a page, which works without scripts, names its action. */
async function findRenameField(url: string, cookie: string): Promise<string> {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const form = html.split('<form').find((part) => part.includes('name="device"') && part.includes('name="name"'));
  const field = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(form ?? '')?.[1];
  if (field === undefined) throw new Error('expected a form that renames the device on its page, found none');
  return field;
}

/** Starts the built product with a device and a licence in it. */
export async function startAttackedPortal(database: BenchDatabase): Promise<AttackedPortal> {
  const installation = await installPortal(database, { entitlements: 1 });
  const deviceId = await furnish(installation, database);
  const { url, cookie, stop } = await startWebPortal(installation, database);
  const devicePath = `/devices/${deviceId}`;
  const renameField = await findRenameField(`${url}${devicePath}`, cookie);
  return { target: { url, cookie, deviceId, devicePath, renameField }, stop };
}
