import {
  DATE_OF_SCRIPT,
  DEVICE,
  keyRequest,
  LICENCE_KEY,
  REQUEST_ID,
  USERNAME,
  userRequest,
  withoutMember,
} from './sample-members';
import type { GoodVector, Members, VectorKeys } from './vector';
import { fileOfV1, fileOfV2 } from './vector';

const activation = { kind: 'activation', schema: 1 } as const;
const ofKey = { activationCode: LICENCE_KEY, codeKind: 'activation-code', productCode: 'mstudio' };
// Text behind the bar of a user name does not count.
const ofUser = { activationCode: 'ada@example.com', codeKind: 'licensespring-user', productCode: 'mstudio' };

function ofV1(keys: VectorKeys): GoodVector[] {
  const [byKey, byUser] = [keyRequest(keys), userRequest(keys)];
  const byKeyOfClient = { ...withoutMember(byKey, 'api_key'), client_id: keys.client_id };
  const byUserOfApiKey = { ...withoutMember(byUser, 'client_id'), api_key: keys.api_key };
  const sign = (members: Members) => fileOfV1(members, 'client_id' in members ? keys.client_secret : keys.shared_key);
  const unicode = { ...byKey, license_key: 'Schlüssel-第3号-\u{1F511}', hardware_id: 'Pru\u0308fstand' };
  return [
    { ...activation, name: 'v1, licence key, api key', file: sign(byKey), opens_as: ofKey },
    { ...activation, name: 'v1, licence key, OAuth client', file: sign(byKeyOfClient), opens_as: ofKey },
    { ...activation, name: 'v1, user, OAuth client', file: sign(byUser), opens_as: ofUser },
    { ...activation, name: 'v1, user, api key', file: sign(byUserOfApiKey), opens_as: ofUser },
    { ...activation, name: 'v1, both identities: the key wins', file: sign({ ...byKey, username: USERNAME }), opens_as: ofKey },
    { ...activation, name: 'v1, the other spelling of dates', file: sign({ ...byKey, date: DATE_OF_SCRIPT }), opens_as: ofKey },
    {
      ...activation,
      name: 'v1, keys and ids beyond ASCII',
      file: sign(unicode),
      opens_as: { ...ofKey, activationCode: unicode.license_key },
    },
    {
      ...activation,
      name: 'v1, all that a device can say',
      file: sign({ ...byKey, ...DEVICE, bundle_code: 'suite', license_id: 9_007_199_254_740_991 }),
      opens_as: {
        ...ofKey,
        device: { name: 'press-7', hostname: 'press-7', platform: 'Windows 11 23H2', appVersion: '4.2.0' },
        details: { bundleCode: 'suite', licenceId: 9_007_199_254_740_991, variables: DEVICE.variables, isVm: false },
      },
    },
    {
      ...activation,
      name: 'v1, what is not known left empty or null',
      file: sign({ ...byKey, request_id: '', hostname: '', os_ver: null, variables: null, username: '', bundle_code: null }),
      opens_as: ofKey,
    },
    { ...activation, name: 'v1, with members nobody knows', file: sign({ ...byKey, colour: ['red', 1.5] }), opens_as: ofKey },
    {
      ...activation,
      name: 'v1, white space and a byte order mark around',
      file: `\uFEFF\n ${sign(byKey)}\r\n\r\n`,
      opens_as: ofKey,
    },
    {
      ...activation,
      name: 'v1, wrapped by a mail program',
      file:
        sign(byKey)
          .match(/.{1,76}/g)
          ?.join('\r\n') ?? '',
      opens_as: ofKey,
    },
  ];
}

function ofV2(keys: VectorKeys): GoodVector[] {
  const byKey = { ...keyRequest(keys), schema_version: 2, request_id: REQUEST_ID.toUpperCase() };
  const byUser = { ...userRequest(keys), ...DEVICE, schema_version: 2 };
  const v2 = { kind: 'activation', schema: 2 } as const;
  const opens = { ...ofKey, requestId: REQUEST_ID };
  const pretty = (members: Members) => JSON.stringify(members, null, 2);
  const hex = { outer: 'hex', isSignedInside: true } as const;
  const alone = { outer: 'base64', isSignedInside: false } as const;
  const unnamed = withoutMember(byKey, 'api_key');
  return [
    { ...v2, name: 'v2, hexadecimal around base64', file: fileOfV2(byKey, keys.shared_key, hex), opens_as: opens },
    { ...v2, name: 'v2, base64 alone', file: fileOfV2(byKey, keys.shared_key, alone), opens_as: opens },
    {
      ...v2,
      name: 'v2, base64 around base64',
      file: fileOfV2(byKey, keys.shared_key, { ...hex, outer: 'base64' }),
      opens_as: opens,
    },
    {
      ...v2,
      name: 'v2, indented and signed as it stands',
      file: fileOfV2(byKey, keys.shared_key, { ...hex, write: pretty, isAsWritten: true }),
      opens_as: opens,
    },
    {
      ...v2,
      name: 'v2, indented and signed in its compact form',
      file: fileOfV2(byKey, keys.shared_key, { ...alone, write: pretty }),
      opens_as: opens,
    },
    {
      ...v2,
      name: 'v2, escaped where it need not be, and signed as it stands',
      file: fileOfV2({ ...byKey, variables: { '2': 'a/b', '1': 'ü' } }, keys.shared_key, {
        ...hex,
        write: (members) => JSON.stringify(members).replaceAll('/', '\\/').replaceAll('ü', '\\u00fc'),
        isAsWritten: true,
      }),
      opens_as: opens,
    },
    {
      ...v2,
      name: 'v2, user, OAuth client',
      file: fileOfV2(byUser, keys.client_secret, hex),
      opens_as: { ...ofUser, requestId: REQUEST_ID },
    },
    {
      ...v2,
      name: 'v2, licence key, OAuth client',
      file: fileOfV2({ ...unnamed, client_id: keys.client_id }, keys.client_secret, alone),
      opens_as: opens,
    },
    {
      ...v2,
      name: 'v2, user, api key, the other spelling of dates, without an id',
      file: fileOfV2(
        { ...withoutMember(withoutMember(byUser, 'client_id'), 'request_id'), api_key: keys.api_key, date: DATE_OF_SCRIPT },
        keys.shared_key,
        alone,
      ),
      opens_as: ofUser,
    },
    {
      ...v2,
      name: 'v2, of a product that takes no version 1',
      file: fileOfV2({ ...byKey, product: 'strict' }, keys.shared_key, hex),
      opens_as: { ...opens, productCode: 'strict' },
    },
  ];
}

function kinds(keys: VectorKeys): GoodVector[] {
  const unsaid = withoutMember(keyRequest(keys), 'request');
  const file = fileOfV1(unsaid, keys.shared_key);
  const named = (kind: 'activation' | 'deactivation', ...names: string[]) =>
    names.map((file_name): GoodVector => ({ name: `by its name: ${file_name}`, kind, schema: 1, file_name, file, opens_as: {} }));
  return [
    ...named('activation', 'ls_activation.req', 'activate_offline.req', 'LS_Activation (2).REQ', 'ls_activation.req.txt'),
    ...named('deactivation', 'ls_deactivation.req', 'deactivate_offline.req', 'ls_deactivation(1).req'),
    {
      name: 'as its bringer says',
      kind: 'deactivation',
      schema: 1,
      kind_asked: 'deactivation',
      file_name: 'press 7.req',
      file,
      opens_as: {},
    },
    {
      name: 'what it says itself counts before its name',
      kind: 'activation',
      schema: 1,
      file_name: 'ls_deactivation.req',
      file: fileOfV1(keyRequest(keys), keys.shared_key),
      opens_as: {},
    },
    {
      name: 'what it says itself counts before its name, v2',
      kind: 'activation',
      schema: 2,
      file_name: 'ls_deactivation.req',
      file: fileOfV2({ ...keyRequest(keys), schema_version: 2 }, keys.shared_key, { outer: 'hex', isSignedInside: true }),
      opens_as: {},
    },
  ];
}

function deactivations(keys: VectorKeys): GoodVector[] {
  const byKey = { ...keyRequest(keys), request: 'deactivation' };
  const byUser = { ...withoutMember(userRequest(keys), 'password'), request: 'deactivation' };
  const used = { consumptions: 41, product_features: [{ code: 'exports', consumptions: 3 }, { code: 'imports' }] };
  const opens_as = { activationId: null, usage: {} };
  return [
    { name: 'deactivation, v1', kind: 'deactivation', schema: 1, file: fileOfV1(byKey, keys.shared_key), opens_as },
    {
      name: 'deactivation, v1, user without a password',
      kind: 'deactivation',
      schema: 1,
      file: fileOfV1(byUser, keys.client_secret),
      opens_as,
    },
    {
      name: 'deactivation, v2, with what was used',
      kind: 'deactivation',
      schema: 2,
      file: fileOfV2({ ...byKey, ...used, schema_version: 2, request_id: REQUEST_ID }, keys.shared_key, {
        outer: 'hex',
        isSignedInside: true,
      }),
      opens_as: { requestId: REQUEST_ID, usage: { consumptions: 41, exports: 3, imports: 0 }, details: { consumptions: 41 } },
    },
  ];
}

/** A file of every form that applications write. */
export function makeGoodRequests(keys: VectorKeys): GoodVector[] {
  return [...ofV1(keys), ...ofV2(keys), ...kinds(keys), ...deactivations(keys)];
}
