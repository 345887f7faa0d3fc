import { expect, test } from 'vitest';
import { queueUrls } from './queue-url';

const ADDRESS = 'postgres://airgate:p%40w@db.example:5432/airgate';

test.each([
  ['', ''],
  ['?sslmode=disable', ''],
  ['?sslmode=prefer&target_session_attrs=primary', ''],
  // To pg alone this would ask for a certificate that is checked.
  ['?sslmode=require', '?uselibpqcompat=true&sslmode=require'],
  ['?sslmode=verify-full', '?sslmode=verify-full'],
  ['?application_name=airgate&connect_timeout=5', '?application_name=airgate'],
])('the parameters %j are for the queue %j', (given, kept) => {
  expect(queueUrls(`${ADDRESS}${given}`)).toEqual([`${ADDRESS}${kept}`]);
});

test('several hosts are several addresses', () => {
  expect(queueUrls('postgres://airgate@one:5432,two/airgate')).toEqual([
    'postgres://airgate@one:5432/airgate',
    'postgres://airgate@two/airgate',
  ]);
});
