/** Requests without a handler: logged once by name, never answered, and the end of a strict mock. */
import { describe, expect, it } from 'vitest';
import { type MockOptions, startMock, UnservedError } from '../../../mock-vpp/index.js';
import { servedRequests } from '../../../mock-vpp/kind.js';
import { KINDS } from '../../../mock-vpp/kinds/index.js';
import { mockAndClient, ownSchema, rawClient, socketPath, testMock } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';

/** A request that the mock has the definition of, and no handler for. */
const REQUEST = await unservedRequest();

async function unservedRequest(): Promise<string> {
  const served = new Set(servedRequests(KINDS));
  const names = [...(await ownSchema()).model.messages.values()].filter(({ service }) => service?.kind === 'unary');
  return names.map(({ name }) => name).find((name) => !served.has(name) && !name.startsWith('want_'))!;
}

describe('a request without a handler', () => {
  it('is logged once, with its name and who asked, and not answered', async () => {
    const lines: string[] = [];
    const log: MockOptions['log'] = (level, message) => void (level === 'warn' && lines.push(message));
    const client = await rawClient(await testMock({ log }));
    for (let i = 0; i < 3; i++) client.post(REQUEST);
    expect(await client.answersOnlyPing()).toBe(true);
    expect(lines).toEqual([
      `the mock does not serve ${REQUEST}, which client "raw-client" (0x80000001) asked for; give it an answer by mock.handle() or a kind`,
    ]);
  });

  it('with a handler of one’s own: is none', async () => {
    const { mock, client } = await mockAndClient({ strict: true });
    mock.handle(REQUEST, () => ({}));
    client.post(REQUEST);
    expect((await client.message()).name).toBe(`${REQUEST}_reply`);
  });

  it('strict: ends the mock, which tells why when it is stopped', async () => {
    const ends: UnservedError[] = [];
    const mock = await startMock({ socket: socketPath(), strict: true, onUnserved: (error) => ends.push(error) });
    const client = await RawClient.connect(mock.socket, await ownSchema());
    client.post(REQUEST);
    await client.untilClosed();
    expect(mock.running).toBe(false);
    expect(ends).toMatchObject([{ request: REQUEST, client: 'raw-client', registration: client.index }]);
    await expect(mock.stop()).rejects.toThrow(UnservedError);
    await mock.stop();
  });
});
