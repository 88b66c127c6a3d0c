import { describe, expect, it } from 'vitest';
import { messageLine, messageText } from '../../../src/cli/output/text.js';
import * as sample from '../../mux/json/sample-fields.js';

const { field } = sample;
const header = [field('_vl_msg_id', 'u16'), field('context', 'u32')];

describe('text of a reply', () => {
  const reply = [...header, field('retval', 'i32'), sample.text('version'), field('pid', 'u32')];

  it('several fields: one line each, aligned, without a retval of 0', () => {
    expect(messageText(reply, { retval: 0, version: '26.06', pid: 7 })).toBe('version: 26.06\npid:     7');
  });

  it('a retval that is not 0: shown', () => {
    expect(messageText(reply, { retval: -2, version: '', pid: 0 })).toBe('retval:  -2\nversion:\npid:     0');
  });

  it('nothing but a retval of 0: ok', () => {
    expect(messageText([...header, field('retval', 'i32')], { retval: 0 })).toBe('ok');
  });

  it('text of several lines: below its label, as it is', () => {
    expect(messageText(reply, { retval: 0, version: 'Name  Idx\nloop0  1\n', pid: 1 })).toBe(
      'version:\nName  Idx\nloop0  1\npid:     1',
    );
  });

  it('an event: one line', () => {
    expect(messageLine(reply, { retval: 0, version: 'a b', pid: 7 })).toBe('retval=0 version="a b" pid=7');
  });
});
