/** Crypto: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did, without workers. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

it.each([
  ['aes-128-cbc', 'openssl', [0, 0, 0]],
  ['aes-128-cbc', 'native', [0, -1, -1]],
  ['aes-256-ctr', 'native', [0, 0, 0]],
  ['aes-256-gcm-icv16-aad28', 'openssl', [0, 0, 0]],
  ['aes-192-gcm-icv16-aad28', 'openssl', [-1, -1, -1]],
  ['aes-192-gcm-icv16-aad28', 'native', [0, -1, -1]],
  ['3des-cbc', 'native', [-1, -1, -1]],
  ['aes-192-ctr-sha2-384-icv24', 'openssl', [0, 0, 0]],
  ['aes-192-ctr-md5', 'openssl', [-1, -1, -1]],
  ['3des-cbc-md5-icv12', 'openssl', [-1, -1, -1]],
  ['sha2-512-icv32', 'openssl', [0, 0, 0]],
  ['aes-128-cbc', 'sw_scheduler', [-1, -1, -1]],
  ['aes-128-cbc', 'nothing', [-1, -1, -1]],
  ['AES-128-CBC', 'openssl', [-1, -1, -1]],
  ['', '', [-1, -1, -1]],
])('crypto_set_handler of %s by %s: simple, chained, both', async (alg_name, engine, retvals) => {
  const vpp = await Contract.begin();
  const ask = (oct: number) => vpp.retval('crypto_set_handler', { alg_name, engine, oct, is_async: 0 });
  expect([await ask(0), await ask(1), await ask(2)]).toEqual(retvals);
});

it('workers, of which there are none, and the dispatch of VPPs before', async () => {
  const vpp = await Contract.begin();
  const setWorker = (crypto_enable: boolean) =>
    vpp.retval('crypto_sw_scheduler_set_worker', { worker_index: 0, crypto_enable });
  expect([await setWorker(true), await setWorker(false)]).toEqual([-7, -7]);
  expect(await vpp.retval('crypto_set_async_dispatch', { mode: 0 })).toBe(-126);
  expect(await vpp.retval('crypto_set_async_dispatch_v2', { mode: 1, adaptive: true })).toBe(-126);
});
