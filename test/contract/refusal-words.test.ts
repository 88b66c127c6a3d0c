import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../src/mux/codec/load.js';
import { RetvalError } from '../../src/mux/index.js';
import { refusalText } from '../../src/mux/session/refusal-text.js';
import { faultOfMuxError } from '../../src/sdk/fault-of-mux-error.js';
import { cli } from '../cli/run-cli.js';
import { world } from '../support/world.js';

const reply = parseSchema([
  {
    name: 'words.api.json',
    text: JSON.stringify({
      messages: [
        [
          'attach_reply',
          ['u16', '_vl_msg_id'],
          ['u32', 'context'],
          ['i32', 'retval'],
          ['string', 'pathname', 108],
          ['string', 'error_text', 64],
          ['string', 'error_string', 0],
          { crc: '0x1' },
        ],
      ],
    }),
  },
]).message('attach_reply').def;

const refusalOf = async (text: string): Promise<RetvalError> => {
  const { connection, mock } = await world();
  mock.handle('cli_inband', () => ({ retval: -7, reply: text }));
  const error = await connection
    .channel()
    .request('cli_inband', { cmd: 'x' })
    .catch((thrown: unknown) => thrown);
  if (error instanceof RetvalError) return error;
  throw error;
};

describe("VPP's own words in a refusal", () => {
  it('a refused command: the first line of its answer stands behind the name of the retval', async () => {
    const { connection } = await world();
    await expect(connection.channel().request('cli_inband', { cmd: 'show bogus' })).rejects.toThrow(
      /VPP refused cli_inband \(.*\): UNSPECIFIED \(-1\): show: unknown input `bogus'$/,
    );
  });

  it('an answer of many lines: the first that says something, the whole in text', async () => {
    const error = await refusalOf('\n  exec: CLI line error: set foo\nmore\n');
    expect(error.message).toMatch(/: INVALID_VALUE \(-7\): exec: CLI line error: set foo$/);
    expect(error.reason).toBe('INVALID_VALUE (-7): exec: CLI line error: set foo');
    expect(error.text).toBe('exec: CLI line error: set foo\nmore');
  });

  it('no words: the name of the retval alone', async () => {
    for (const text of ['', ' \n \n']) {
      const error = await refusalOf(text);
      expect(error.message).toMatch(/: INVALID_VALUE \(-7\)$/);
      expect(error.text).toBe('');
    }
  });

  it('a line without end, with escapes: is bounded and escaped in the message', async () => {
    const { message } = await refusalOf(`\u001b[31mred\r${'x'.repeat(1e6)}`);
    expect(message.length).toBeLessThan(600);
    expect(message).toMatch(/\(-7\): \\u001b\[31mred/);
    expect(message).not.toContain('\u001b');
  });

  it('an operation: hears them as well', async () => {
    const fault = faultOfMuxError(await refusalOf('no such interface loop7\nusage: …'));
    expect(fault).toMatchObject({ message: 'VPP refused cli_inband: INVALID_VALUE (-7): no such interface loop7' });
  });

  it('text fields of any reply: those that are about the error first; one of fixed size only if it is, since VPP leaves others as they were', () => {
    const fields = (more: object) => ({ retval: -1, pathname: 'left over', error_text: '', error_string: '', ...more });
    expect(refusalText(reply.fields, fields({ error_string: 'no driver\n' }))).toBe('no driver');
    expect(refusalText(reply.fields, fields({ error_text: 'no memory' }))).toBe('no memory');
    expect(refusalText(reply.fields, fields({}))).toBe('');
  });
});

describe('a refused command of call', () => {
  it('is shown with all that VPP said', async () => {
    const { mock } = await world();
    mock.handle('cli_inband', () => ({
      retval: -1,
      reply: 'show: unknown input `bogus`\n\n  try: show version\u0007\n',
    }));
    const { code, stderr, stdout } = await cli(['call', 'cli_inband', 'cmd=show bogus', '--socket', mock.socket]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^vppmux: VPP refused cli_inband .*: UNSPECIFIED \(-1\): show: unknown input `bogus`\n/);
    expect(stderr).toMatch(/\n {2}show: unknown input `bogus`\n {2}\n {4}try: show version\\u0007\n$/);
  });

  it('of one long line: is shown whole, below the line that is cut', async () => {
    const { mock } = await world();
    mock.handle('cli_inband', () => ({ retval: -1, reply: `unknown input ${'x'.repeat(500)} end` }));
    const { stderr } = await cli(['call', 'cli_inband', 'cmd=show bogus', '--socket', mock.socket]);
    expect(stderr).toMatch(/: unknown input x+… \(\d+ more characters\)\n {2}unknown input x{500} end\n$/);
  });

  it('of one line: is shown once', async () => {
    const { mock } = await world();
    const { stderr } = await cli(['call', 'cli_inband', 'cmd=show bogus', '--socket', mock.socket]);
    expect(stderr.match(/unknown input/g)).toHaveLength(1);
  });
});
