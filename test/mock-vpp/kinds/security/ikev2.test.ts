/** IKEv2, where VPP would abort, or look for files. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';

it('requests before the first profile: refused, where VPP would abort', async () => {
  const warnings: string[] = [];
  const { client } = await mockAndClient({ log: (level, text) => void (level === 'warn' && warnings.push(text)) });
  expect(await client.ask('ikev2_initiate_sa_init', { name: 'nobody' })).toMatchObject({ retval: -1 });
  expect(await client.ask('ikev2_profile_add_del', { name: 'one', is_add: true })).toMatchObject({ retval: 0 });
  await client.ask('ikev2_set_responder_hostname', { name: 'one', hostname: 'vpn.example.net', sw_if_index: 0 });
  expect(await client.ask('ikev2_initiate_sa_init', { name: 'one' })).toMatchObject({ retval: -1 });
  expect(warnings).toEqual([
    expect.stringMatching(/^VPP looks for a profile where it may have none at all, and dies: .*; the mock goes on$/),
    expect.stringMatching(/^VPP asks a name server though it has none, and dies: /),
  ]);
});

it('any certificate and any key will do; the name of the first comes back with a zero byte', async () => {
  const { client } = await mockAndClient();
  await client.ask('ikev2_profile_add_del', { name: 'one', is_add: true });
  const data = Buffer.from('/etc/cert.pem');
  const auth = { name: 'one', auth_method: 1, data_len: data.length, data };
  expect(await client.ask('ikev2_profile_set_auth', auth)).toMatchObject({ retval: 0 });
  expect(await client.ask('ikev2_set_local_key', { key_file: '/etc/key.pem' })).toMatchObject({ retval: 0 });
  const [details] = await client.dump('ikev2_profile_dump');
  expect((details.profile as Fields).auth).toMatchObject({ method: 1, data_len: data.length + 1 });
});
