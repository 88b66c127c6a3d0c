import { describe, expect, it, onTestFinished } from 'vitest';
import { generate } from '../../../src/generate/index.js';
import { connect, type ExpectedMessages } from '../../../src/mux/index.js';
import { ownSchema, testMock } from '../../support/mock.js';

/** The compat.json of a program that names these. */
async function expectedOf(...names: string[]): Promise<ExpectedMessages> {
  const { files } = generate((await ownSchema()).model, { only: new Set(names), expect: true });
  return JSON.parse(files.find(({ name }) => name === 'compat.json')?.text ?? '');
}

async function connected(expected: ExpectedMessages) {
  const { socket } = await testMock();
  const vpp = await connect({ socket, cacheDir: false, expect: expected });
  onTestFinished(() => vpp.destroy());
  return vpp;
}

/** The same with another CRC, and another type of a field. */
function changed(expected: ExpectedMessages, message: string, field: string, type: string): ExpectedMessages {
  const copy = structuredClone(expected) as unknown as {
    messages: Record<string, string>;
    files: { messages: unknown[][] }[];
  };
  copy.messages[message] = '0badc0de';
  const def = copy.files.flatMap(({ messages }) => messages).find(([name]) => name === message) ?? [];
  const entry = def.find((each) => Array.isArray(each) && each[1] === field) as string[];
  entry[0] = type;
  (def.at(-1) as { crc: string }).crc = '0x0badc0de';
  return { ...expected, ...copy };
}

describe('connect({ expect })', () => {
  it('a VPP that has the messages as the program knows them: connects', async () => {
    expect((await connected(await expectedOf('show_version', 'sw_interface_dump'))).state).toBe('ready');
  });

  it('another definition: INCOMPATIBLE, field by field', async () => {
    const expected = changed(
      await expectedOf('sw_interface_set_flags'),
      'sw_interface_set_flags',
      'sw_if_index',
      'u16',
    );
    await expect(connected(expected)).rejects.toMatchObject({
      code: 'INCOMPATIBLE',
      messageName: 'sw_interface_set_flags',
      message: expect.stringContaining(
        'sw_interface_set_flags: defined differently: CRC 0badc0de → f5aec1b8 (sw_if_index: type u16 → interface_index)',
      ),
    });
  });

  it('a message that is gone: INCOMPATIBLE', async () => {
    const { messages, ...rest } = await expectedOf('show_version');
    const expected = { ...rest, messages: { ...messages, no_such_message: '12345678' } };
    await expect(connected(expected)).rejects.toMatchObject({
      code: 'INCOMPATIBLE',
      message: expect.stringMatching(/generated for: no_such_message: /),
    });
  });

  it.each<[string, unknown]>([
    ['no object', 'compat.json'],
    ['another file', {}],
    ['a later version', { format: 'vppmux-expected', version: 2, messages: {}, files: [] }],
  ])('%s: BAD_OPTION', async (_, expected) => {
    await expect(connected(expected as ExpectedMessages)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('must be the compat.json of vppmux generate --used, of version 1'),
    });
  });
});
