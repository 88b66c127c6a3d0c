import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/etcd/options.js';

describe('options of the etcd client', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:2379'],
    ['etcd.example', 'http://etcd.example:2379'],
    ['https://etcd.example', 'https://etcd.example:2379'],
    ['https://etcd.example:443', 'https://etcd.example:443'],
    ['http://[::1]:2379/', 'http://[::1]:2379'],
  ])('endpoint %s: is %s', (given, endpoint) => {
    expect(settingsOf({ endpoints: [given] }).endpoints).toEqual([endpoint]);
  });

  it.each([
    ['no endpoint', { endpoints: [] }],
    ['a path', { endpoints: ['http://host/v3'] }],
    ['another protocol', { endpoints: ['unix:///run/etcd'] }],
    ['a password within the endpoint', { endpoints: ['http://root:secret@host'] }],
    ['a user without a password', { endpoints: ['host'], user: 'root' }],
    ['a certificate without a key', { endpoints: ['https://host'], tls: { cert: 'a' } }],
    ['TLS for an endpoint without it', { endpoints: ['http://host'], tls: { ca: 'a' } }],
    ['an unknown option', { endpoints: ['host'], endpoint: 'host' }],
  ])('%s: is refused, without repeating a value', (_, options) => {
    let error: unknown;
    try {
      settingsOf(options as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'BAD_OPTION' });
    expect((error as Error).message).not.toContain('secret');
  });
});
