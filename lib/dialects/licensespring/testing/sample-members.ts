import type { Members, VectorKeys } from './vector';

export const DATE = 'Fri, 29 Aug 2025 07:22:37 GMT';
export const DATE_OF_SCRIPT = 'Fri Aug 29 2025 07:22:37 GMT+0000';
export const LICENCE_KEY = '7KQ2M-XW9PD-4HTRB-YCV6N';
export const USERNAME = 'ada@example.com|AC-2041';
export const REQUEST_ID = '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11';

/** The smallest activation request: for a licence key, by an api key. */
export function keyRequest(keys: VectorKeys): Members {
  return {
    request: 'activation',
    date: DATE,
    license_key: LICENCE_KEY,
    hardware_id: 'b7f4-51c2-PRESS-7',
    api_key: keys.api_key,
    product: 'mstudio',
  };
}

/** The same for a user, by an OAuth client. */
export function userRequest(keys: VectorKeys): Members {
  return {
    request: 'activation',
    date: DATE,
    username: USERNAME,
    password: 'correct horse battery staple',
    hardware_id: 'b7f4-51c2-PRESS-7',
    client_id: keys.client_id,
    product: 'mstudio',
  };
}

/** What devices add. */
export const DEVICE = {
  request_id: REQUEST_ID,
  is_vm: false,
  vm_info: '',
  os_ver: 'Windows 11 23H2',
  hostname: 'press-7',
  os_hostname: 'press-7.plant.example',
  ip: '192.0.2.7',
  ip_local: '198.51.100.7',
  mac_address: '00-00-5E-00-53-AF',
  app_ver: '4.2.0',
  app_name: 'Motion Studio',
  sdk_ver: '7.1.0',
  sdk_lang: 'C++',
  variables: { line: 'A', shift: 3, isNight: false },
} as const;

export function withoutMember(members: Members, name: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([member]) => member !== name));
}
