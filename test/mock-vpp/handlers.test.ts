/** Handlers of one's own. */
import { describe, expect, it } from 'vitest';
import { type Answer, detailsThen } from '../../mock-vpp/index.js';
import { mockAndClient, rawClient, testMock, until } from '../support/mock.js';

describe('handle', () => {
  it('fields: the reply', async () => {
    const { mock, client } = await mockAndClient();
    mock.handle('show_version', () => ({ program: 'mine' }));
    expect(await client.ask('show_version')).toMatchObject({ retval: 0, program: 'mine' });
  });

  it('a number: the retval', async () => {
    const { mock, client } = await mockAndClient();
    mock.handle('sw_interface_set_promisc', (fields) => (fields.sw_if_index === 5 ? 0 : -2));
    expect(await client.ask('sw_interface_set_promisc', { sw_if_index: 5 })).toMatchObject({ retval: 0 });
    expect(await client.ask('sw_interface_set_promisc', { sw_if_index: 6 })).toMatchObject({ retval: -2 });
  });

  it('an array: details; a _get’s reply follows', async () => {
    const { mock, client } = await mockAndClient();
    mock.handle('sw_interface_dump', () => [{ sw_if_index: 7 }, { sw_if_index: 8 }]);
    expect((await client.dump('sw_interface_dump')).map((each) => each.sw_if_index)).toEqual([7, 8]);
    mock.handle('ip_path_mtu_get', () => [{ pmtu: { path_mtu: 9 } }]);
    client.post('ip_path_mtu_get');
    expect([await client.message(), await client.message()]).toMatchObject([
      { name: 'ip_path_mtu_details', fields: { pmtu: { path_mtu: 9 } } },
      { name: 'ip_path_mtu_get_reply', fields: { retval: 0 } },
    ]);
  });

  it('a detail that cannot be encoded, far behind: the answer ends, and the next request is served', async () => {
    const warnings: string[] = [];
    const { mock, client } = await mockAndClient({
      log: (level, text) => void (level === 'warn' && warnings.push(text)),
    });
    const rows = Array.from({ length: 10_000 }, (_, sw_if_index) => ({ sw_if_index }));
    mock.handle('sw_interface_dump', () => [...rows, { interface_name: 'n'.repeat(70) }]);
    expect(await client.dump('sw_interface_dump')).toHaveLength(rows.length);
    expect(warnings).toEqual([expect.stringMatching(/^the handler of sw_interface_dump failed/)]);
  });

  it('detailsThen: details taken one by one, and the reply of one’s choice', async () => {
    const { mock, client } = await mockAndClient();
    function* mtus() {
      for (let path_mtu = 1; path_mtu <= 3; path_mtu++) yield { pmtu: { path_mtu } };
    }
    mock.handle('ip_path_mtu_get', () => detailsThen(mtus(), { retval: -165, cursor: 3 }));
    client.post('ip_path_mtu_get');
    for (let i = 0; i < 3; i++) await client.message();
    expect((await client.message()).fields).toMatchObject({ retval: -165, cursor: 3 });
  });

  it('undefined: no answer', async () => {
    const { mock, client } = await mockAndClient();
    mock.handle('show_version', () => undefined);
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a promise: the answer when it is there, and the following ones behind it', async () => {
    const { mock, client } = await mockAndClient();
    let answer: (fields: Answer) => void = () => {};
    mock.handle('show_version', () => new Promise((resolve) => (answer = resolve)));
    client.post('show_version');
    const ping = client.post('control_ping');
    await until(() => mock.received('show_version') === 1);
    expect([mock.received('control_ping'), client.pending]).toEqual([0, 0]);
    answer({ program: 'slow' });
    expect((await client.message()).fields).toMatchObject({ program: 'slow' });
    expect((await client.message()).fields).toMatchObject({ context: ping });
  });

  it('the call: who asks, and the dataplane', async () => {
    const { mock, client } = await mockAndClient();
    mock.handle('show_version', (_, { client: from, vpp, context }) => {
      vpp.dataplane.addLoopback();
      return { program: from.name, version: `${context}` };
    });
    expect(await client.ask('show_version', { context: 55 })).toMatchObject({ program: 'raw-client', version: '55' });
    expect(mock.dataplane.interfaceAt(1).name).toBe('loop0');
  });

  it('one that throws, or gives what does not fit: a warning and no answer', async () => {
    const warnings: string[] = [];
    const mock = await testMock({ log: (level, text) => level === 'warn' && warnings.push(text) });
    const client = await rawClient(mock);
    mock.handle('show_version', () => {
      throw new Error('oh dear');
    });
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
    mock.handle('show_version', () => ({ progam: 'x' }));
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
    mock.handle('show_version', async () => [{}]);
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
    expect(warnings).toEqual([
      expect.stringMatching(/handler of show_version failed.*oh dear/),
      expect.stringMatching(/progam/),
      expect.stringMatching(/has no details/),
    ]);
  });

  it('details of which one does not fit: a warning, and the next request is answered', async () => {
    const warnings: string[] = [];
    const mock = await testMock({ log: (level, text) => level === 'warn' && warnings.push(text) });
    const client = await rawClient(mock);
    mock.handle('sw_interface_dump', () => [{ sw_if_index: 5 }, { sw_if_index: 'six' }]);
    client.post('sw_interface_dump');
    expect(await client.message()).toMatchObject({ fields: { sw_if_index: 5 } });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/handler of sw_interface_dump failed/)]);
  });

  it('a long dump that throws in its middle: a warning, and the next request is answered', async () => {
    const warnings: string[] = [];
    const mock = await testMock({ log: (level, text) => level === 'warn' && warnings.push(text) });
    const client = await rawClient(mock);
    mock.handle('sw_interface_dump', () =>
      detailsThen(
        (function* () {
          for (let sw_if_index = 0; sw_if_index < 20_000; sw_if_index++) yield { sw_if_index };
          throw new Error('oh dear');
        })(),
        {},
      ),
    );
    client.post('sw_interface_dump');
    for (let i = 0; i < 20_000; i++) await client.next();
    expect(await client.answersOnlyPing()).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/handler of sw_interface_dump failed.*oh dear/)]);
  });

  it('an unknown message: an error with the nearest names', async () => {
    const mock = await testMock();
    expect(() => mock.handle('show_verison', () => 0)).toThrow(/show_version/);
  });

  it('over a restart: still there', async () => {
    const { mock } = await mockAndClient();
    mock.handle('show_version', () => ({ program: 'mine' }));
    await mock.restart();
    expect(await (await rawClient(mock)).ask('show_version')).toMatchObject({ program: 'mine' });
  });
});
