import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { parseWords } from '@/lib/command-line/parse-words';
import { runDevice } from '@/lib/device/cli/main';
import { COMMANDS } from './commands/all-commands';
import { runOperator } from './run-operator';

describe('the operator’s command line', () => {
  let database: TestDatabase;
  let folder: string;
  const before = { ...process.env };
  const path = (name: string) => join(folder, name);
  const run = (line: string, ...more: string[]) => runOperator([...line.split(' '), ...more]);
  const json = async (line: string, ...more: string[]) => JSON.parse((await run(`${line} --json`, ...more)).stdout);
  const counts = async () => {
    const sql = postgres(database.url, { max: 1 });
    const [row] =
      await sql`select (select count(*)::int from activations) as activations, (select sum(seats_held)::int from entitlements) as seats,
      (select count(*)::int from exchanges) as exchanges`;
    await sql.end();
    return row;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'airgate-operator-'));
    process.env.DATA_DIR = path('data');
    process.env.DATABASE_URL = database.url;
    process.env.MIGRATION_DATABASE_URL = database.ownerUrl;
  });
  afterAll(async () => {
    process.env = before;
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['', 'expected a command'],
    ['product', 'expected a command, found product'],
    ['product paint', 'expected a command, found product paint'],
    ['product create --code x', 'expected --name NAME'],
    ['product creat', 'expected a command, found product creat; did you mean product create?'],
    ['product create --code x --name y --colour red', "expected an option of product create, found '--colour'"],
    ['product create --cod x --name y', "found '--cod'; did you mean --code?"],
    ['product create --code --name y', 'expected --code CODE, found --name'],
    ['product create --name y --code', 'expected --code CODE, found nothing behind it'],
    ['product create --code x --name y --fingerprint-required two', 'expected a number for --fingerprint-required'],
    ['product set press-control --guest-exchange maybe', 'expected on or off for --guest-exchange'],
    ['product list here', 'expected nothing more, found "here"'],
    ['entitlement disable', 'expected ID, found nothing'],
    ['key rotate', 'expected --root-key FILE'],
    [
      'offering create --product p --code o --edition e --plan trial --start on-creation --overdraft lots',
      'expected none, absolute:N',
    ],
    ['exchange nowhere.activation-request --as a@example.com --preview', 'expected a file that can be read'],
  ])('says how it is used, with status 2: %j', async (line, problem) => {
    const outcome = await runOperator(line.split(' ').filter((word) => word !== ''));
    expect(outcome).toMatchObject({ exitStatus: 2, stdout: '' });
    expect(outcome.stderr).toContain(problem);
    expect(outcome.stderr).toContain('Usage:');
  });

  it('explains itself, with status 0', async () => {
    const overview = await run('help');
    expect(overview).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(overview.stdout).toContain('vendor init');
    expect((await run('help entitlement create')).stdout).toContain('--starts-at INSTANT');
    expect((await run('entitlement create --help')).stdout).toContain('--starts-at INSTANT');
  });

  it.each(COMMANDS.map(({ words, example }) => [words, example]))(
    'explains %s with an example that is understood',
    async (words, example) => {
      const { stdout } = await run(`help ${words}`);
      expect(stdout).toContain(`Usage: npm run -s airgate -- ${words}`);
      expect(stdout).toContain(`Example:\n  npm run -s airgate -- ${words} ${example}`.trimEnd());
      const typed = example.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
      const parsed = parseWords({ calledAs: '', summary: '', notes: [] }, COMMANDS, [
        ...words.split(' '),
        ...typed.filter((word) => word !== '--json'),
      ]);
      expect(parsed?.command.words).toBe(words);
    },
  );

  it('names the option whose value is refused, before a database is touched', async () => {
    const { DATABASE_URL } = process.env;
    process.env.DATABASE_URL = 'postgres://nobody:x@127.0.0.1:1/none';
    const refused = await json('user create --email jonas@example.com --name Jonas --role chief');
    expect(refused).toMatchObject({ ok: false, code: 'input-refused', cause: expect.stringContaining('--role: ') });
    expect(refused.cause).toContain('found "chief"');
    process.env.DATABASE_URL = DATABASE_URL ?? '';
  });

  it('sets up a portal', async () => {
    const init = ['vendor', 'init', '--name', 'Kestrel', '--support', 'licences@example.com', '--root-key-out', path('root.jwk')];
    expect(await runOperator(init)).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(statSync(path('root.jwk')).mode & 0o777).toBe(0o600);
    const rootKey = readFileSync(path('root.jwk'), 'utf8');
    expect((await runOperator(init)).exitStatus).toBe(2);
    expect(readFileSync(path('root.jwk'), 'utf8')).toBe(rootKey);
    const second = await runOperator([...init.slice(0, -1), path('second.jwk'), '--json']);
    expect(second).toMatchObject({ exitStatus: 1, stderr: '' });
    expect(JSON.parse(second.stdout)).toMatchObject({ ok: false, code: 'vendor-exists' });
    expect(existsSync(path('second.jwk'))).toBe(false);

    expect((await run(`vendor export --out ${path('vendor.json')}`)).exitStatus).toBe(0);
    expect((await run('product create --code press-control --name', 'Press Control')).exitStatus).toBe(0);
    const terms =
      '--plan time-limited --start on-creation --term P1Y --lease P90D --feature recipes --feature axes=8 --attribute level=gold';
    expect((await run(`offering create --product press-control --code press-pro --edition Pro ${terms}`)).exitStatus).toBe(0);
    expect((await run('customer create --code hallmann --name Hallmann')).exitStatus).toBe(0);
    const user = await run('user create --email jonas@example.com --name Jonas --role member --customer hallmann');
    expect(user.exitStatus).toBe(0);
  });

  it('refuses with code, cause and fix, with status 1', async () => {
    const outcome = await run('product create --code press-control --name Again');
    expect(outcome).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^Refused: already-exists\nThere is already a product named press-control\.\nChoose another name/,
      ),
    });
    expect(await json('customer create --code hallmann --name Again')).toMatchObject({ ok: false, code: 'already-exists' });
  });

  it('reports a fault with an event id, with status 3', async () => {
    const { DATA_DIR } = process.env;
    process.env.DATA_DIR = path('spoilt');
    mkdirSync(path('spoilt'));
    writeFileSync(path('spoilt/secrets.json'), '{}');
    const outcome = await run('product list --json');
    process.env.DATA_DIR = DATA_DIR ?? '';
    expect(outcome.exitStatus).toBe(3);
    expect(JSON.parse(outcome.stdout)).toEqual({ ok: false, code: 'fault', event: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(outcome.stderr).toContain('masterKey');
  });

  it('reports settings that cannot be used by their names, with status 1', async () => {
    process.env.AIRGATE_MASTER_KEY = 'too short';
    const outcome = await run('product list --json');
    process.env.AIRGATE_MASTER_KEY = randomBytes(32).toString('hex');
    const ofAnother = await run('product list --json');
    delete process.env.AIRGATE_MASTER_KEY;
    for (const { exitStatus, stdout } of [outcome, ofAnother]) {
      expect(exitStatus).toBe(1);
      expect(JSON.parse(stdout)).toEqual({ ok: false, code: 'settings', cause: expect.stringMatching(/^AIRGATE_MASTER_KEY: /) });
    }
    expect(ofAnother.stdout).toContain('that the keys in this database are sealed with');
  });

  it('changes and lists what machines are known by, and what seats and files are sold', async () => {
    const set = await json('product set press-control --fingerprint-components board,serial,mac --fingerprint-must serial');
    expect(set).toMatchObject({ ok: true, changed: true });
    expect((await run('product list')).stdout).toMatch(/press-control.*board,mac,serial +serial/);
    expect(await json('product set press-control --fingerprint-must dongle')).toMatchObject({ code: 'components-refused' });
    const back = 'product set press-control --fingerprint-components cpu,hostname,mac,machine,memory --fingerprint-must none';
    expect(await json(back)).toMatchObject({ ok: true, changed: true });
    const terms =
      '--plan perpetual --start on-creation --lease P90D --reinstalls 2/30 --returns unlimited --dialects keygen,native';
    expect((await run(`offering create --product press-control --code press-two --edition Two ${terms}`)).exitStatus).toBe(0);
    const { stdout } = await run('offering list');
    expect(stdout).toMatch(/press-two.* 2\/30 +unlimited +keygen,native/);
    expect(stdout).toMatch(/press-pro.* default +default +native/);
  });

  it('answers files as the browser does: looks first, takes the seat once, and frees it', async () => {
    const sold = await json('entitlement create --customer hallmann --offering press-pro --seats 1 --assign jonas@example.com');
    const device = (...words: string[]) => runDevice([...words, '--state', path('press')]);
    const request = path('Press 1.activation-request');
    const asked = [
      '--vendor',
      path('vendor.json'),
      '--product',
      'press-control',
      '--code',
      sold.activationCode,
      '--name',
      'Press 1',
    ];
    const components = ['--component', 'machine=b', '--component', 'memory=d'];
    expect((await device('request', ...asked, ...components, '--out', request)).exitCode).toBe(0);

    const looked = await runOperator(['exchange', request, '--as', 'jonas@example.com', '--preview']);
    expect(looked.exitStatus).toBe(0);
    expect(looked.stdout).toMatch(
      /activation of Press 1 on press-pro .* Seats held: 0 of 1 before, 1 of 1 after\. Lease until .* Nothing was changed\./,
    );
    expect(await counts()).toEqual({ activations: 0, seats: 0, exchanges: 1 });

    writeFileSync(path('Press 1.activation-response'), 'another file');
    const exchange = ['exchange', request, '--as', 'jonas@example.com', '--out', folder, '--json'];
    const first = JSON.parse((await runOperator(exchange)).stdout);
    const [{ answer, seatsBefore, seatsAfter }] = first.files;
    expect([first.ok, answer, seatsBefore, seatsAfter]).toEqual([true, path('Press 1-2.activation-response'), 0, 1]);
    expect(readFileSync(path('Press 1.activation-response'), 'utf8')).toBe('another file');
    const again = JSON.parse((await runOperator(exchange)).stdout);
    expect(again.files[0]).toMatchObject({ ok: true, isRepeated: true, answer, seatsAfter: 1 });
    expect(await counts()).toMatchObject({ activations: 1, seats: 1 });

    expect((await device('apply', answer)).exitCode).toBe(0);
    const proof = path('Press 1.deactivation');
    expect((await device('deactivate', '--out', proof)).exitCode).toBe(0);
    writeFileSync(path('note.txt'), 'Not a request.');
    const both = ['exchange', path('note.txt'), proof, '--as', 'jonas@example.com', '--out', folder, '--json'];
    const outcome = await runOperator(both);
    expect(outcome.exitStatus).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      ok: false,
      files: [
        { ok: false, code: 'file-not-recognised' },
        { ok: true, kind: 'deactivation', seatsBefore: 1, seatsAfter: 0, answer: null },
      ],
    });
    expect(await counts()).toMatchObject({ activations: 1, seats: 0 });
    expect(readdirSync(folder).filter((name) => name.endsWith('.activation-response'))).toHaveLength(2);
  });

  it('acts for nobody who has no account', async () => {
    writeFileSync(path('any.txt'), 'x');
    const outcome = await runOperator(['exchange', path('any.txt'), '--as', 'nobody@example.com', '--preview', '--json']);
    expect(outcome.exitStatus).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ ok: false, code: 'unknown-name' });
  });

  it('rotates keys with the root key file, and with no other', async () => {
    expect(await json(`key rotate --root-key ${path('vendor.json')}`)).toMatchObject({ ok: false, code: 'input-refused' });
    expect((await run(`key rotate --root-key ${path('root.jwk')}`)).exitStatus).toBe(0);
    expect((await json('key list')).rows).toHaveLength(4);
  });

  it('exports the audit, and checks it without a database', async () => {
    const file = path('audit.jsonl');
    expect((await run(`audit export --customer hallmann --out ${file}`)).exitStatus).toBe(0);
    const { DATABASE_URL } = process.env;
    process.env.DATABASE_URL = 'postgres://nobody:x@127.0.0.1:1/none';
    expect(await json(`audit verify ${file} --vendor ${path('vendor.json')}`)).toMatchObject({ ok: true, broken: null });
    expect((await run(`audit verify ${file}`)).stdout).toContain('compare it, or give --vendor');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [...lines.slice(0, 2), ...lines.slice(3)].join('\n'));
    const broken = await run(`audit verify ${file} --vendor ${path('vendor.json')}`);
    expect(broken).toMatchObject({ exitStatus: 1, stdout: expect.stringContaining('Broken: missing in line 3 (entry 2).') });
    expect((await run(`audit verify ${path('nothing.jsonl')}`)).exitStatus).toBe(2);
    process.env.DATABASE_URL = DATABASE_URL ?? '';
    expect((await run(`audit export --out ${path('either.jsonl')}`)).exitStatus).toBe(2);
  });

  it('does not take an audit without entries for one that was checked', async () => {
    const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
    await sql`insert into customers (code, name) values ('untold', 'Untold')`;
    await sql.end();
    const [file, whole] = [path('empty.jsonl'), path('whole.jsonl')];
    const exported = await run(`audit export --customer untold --out ${file}`);
    expect(exported).toMatchObject({
      exitStatus: 1,
      stdout: expect.stringMatching(/^Empty: the audit of untold holds no entry\./),
    });
    expect(await json(`audit export --customer untold --out ${path('again.jsonl')}`)).toMatchObject({ ok: false, entries: 0 });
    expect((await run(`audit export --customer untold --allow-empty --out ${path('meant.jsonl')}`)).exitStatus).toBe(0);

    const checked = await run(`audit verify ${file}`);
    expect(checked).toMatchObject({ exitStatus: 1, stdout: expect.stringMatching(/^Empty: the file holds no entry of /) });
    expect(await json(`audit verify ${file}`)).toMatchObject({ ok: false, entries: 0, broken: null, expectedAtLeast: 1 });
    expect(await run(`audit verify ${file} --allow-empty`)).toMatchObject({
      exitStatus: 0,
      stdout: expect.stringMatching(/^Whole: 0 /),
    });
    expect((await run(`audit verify ${file} --at-least 0`)).exitStatus).toBe(0);

    expect((await run(`audit export --customer hallmann --out ${whole}`)).exitStatus).toBe(0);
    const { entries } = await json(`audit verify ${whole}`);
    expect((await run(`audit verify ${whole} --at-least ${entries}`)).exitStatus).toBe(0);
    const short = await run(`audit verify ${whole} --at-least ${entries + 1}`);
    expect(short).toMatchObject({
      exitStatus: 1,
      stdout: expect.stringContaining(`Short: expected at least ${entries + 1} entries, found ${entries}.`),
    });
    // The last checkpoint is cut off with all entries: what is left is whole, and says that it is empty.
    writeFileSync(path('cut.jsonl'), `${readFileSync(whole, 'utf8').split('\n')[0]}\n`);
    expect((await run(`audit verify ${path('cut.jsonl')}`)).exitStatus).toBe(1);
    expect((await run(`audit verify ${whole} --at-least some`)).exitStatus).toBe(2);
    expect((await run(`audit verify ${whole} --at-least 3 --allow-empty`)).exitStatus).toBe(2);
  });
});
