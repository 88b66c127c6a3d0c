import { describe, expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { body } from '../../support/small-schema.js';

const settled = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );

describe('session: requests', () => {
  it('a request: carries id, client index and context; its reply settles it', async () => {
    const { channel, link, sent, answer } = onMemory();
    const reply = channel().request('add_one', { value: 41 });
    expect(link.sent[0].readUInt32BE(2)).toBe(0x80000007);
    expect(sent()[0]).toMatchObject({ name: 'add_one', fields: { value: 41 } });
    answer(0, 'add_one_reply', { value: 42 });
    await expect(reply).resolves.toEqual({ retval: 0, value: 42 });
  });

  it('replies out of order: reach those who asked', async () => {
    const { channel, answer } = onMemory();
    const ch = channel();
    const replies = [1, 2, 3].map((value) => ch.request('add_one', { value }));
    for (const index of [2, 0, 1]) answer(index, 'add_one_reply', { value: index });
    expect((await Promise.all(replies)).map(({ value }) => value)).toEqual([0, 1, 2]);
  });

  it('a negative retval: RetvalError with number, name and reply; anyRetval gives the reply', async () => {
    const { channel, answer } = onMemory();
    const ch = channel();
    const refused = ch.request('add_one', {});
    const taken = ch.request('add_one', {}, { anyRetval: true });
    answer(0, 'add_one_reply', { retval: -2 });
    answer(1, 'add_one_reply', { retval: -2, value: 5 });
    await expect(refused).rejects.toMatchObject({
      name: 'RetvalError',
      code: 'RETVAL',
      retval: -2,
      retvalName: 'INVALID_SW_IF_INDEX',
      messageName: 'add_one',
    });
    await expect(taken).resolves.toEqual({ retval: -2, value: 5 });
  });

  it('a bad field: is refused, nothing is sent, nothing is kept', async () => {
    const { channel, link, session } = onMemory();
    await expect(channel().request('add_one', { value: -1 })).rejects.toMatchObject({
      code: 'BAD_FIELD',
      path: 'value',
    });
    expect(link.sent).toEqual([]);
    expect(session.inFlight).toBe(0);
  });

  it('names: unknown, forbidden, and of another kind are told apart', async () => {
    const ch = onMemory().channel();
    await expect(ch.request('add_on')).rejects.toMatchObject({
      code: 'UNKNOWN_MESSAGE',
      nearest: expect.arrayContaining(['add_one']),
    });
    await expect(ch.request('rpc_call')).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    await expect(ch.request('sockclnt_delete')).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    await expect(ch.request('thing_dump')).rejects.toMatchObject({ code: 'WRONG_KIND' });
    await expect(ch.request('add_one_reply')).rejects.toMatchObject({ code: 'WRONG_KIND' });
    await expect(ch.dump('add_one').toArray()).rejects.toMatchObject({ code: 'WRONG_KIND' });
  });

  it('another message in answer: UNEXPECTED_REPLY, with what came', async () => {
    const { channel, answer } = onMemory();
    const reply = channel().request('add_one');
    answer(0, 'control_ping_reply', { vpe_pid: 3 });
    await expect(reply).rejects.toMatchObject({ code: 'UNEXPECTED_REPLY', cause: { vpe_pid: 3 } });
  });

  it('a reply cut short: fails its request, and only that', async () => {
    const { channel, link, answer, sent } = onMemory();
    const ch = channel();
    const [first, second] = [ch.request('add_one'), ch.request('add_one')];
    link.receive(body('add_one_reply', { context: sent()[0].fields.context }).subarray(0, 8));
    answer(1, 'add_one_reply', { value: 1 });
    await expect(first).rejects.toMatchObject({ code: 'TRUNCATED' });
    await expect(second).resolves.toMatchObject({ value: 1 });
  });

  it('bytes beyond the definition: are tolerated and counted', async () => {
    const { channel, link, sent, counters } = onMemory();
    const reply = channel().request('add_one');
    link.receive(
      Buffer.concat([body('add_one_reply', { context: sent()[0].fields.context, value: 7 }), Buffer.alloc(55)]),
    );
    await expect(reply).resolves.toEqual({ retval: 0, value: 7 });
    expect(counters).toMatchObject({ trailingMessages: 1, trailingBytes: 55 });
  });

  it('messages nobody can use: are counted, nothing breaks', async () => {
    const { channel, link, receive, answer, counters } = onMemory();
    link.receive(Buffer.alloc(0));
    link.receive(Buffer.from([1]));
    link.receive(Buffer.from([0xff, 0xff, 0, 0, 0, 0]));
    link.receive(body('add_one_reply', {}).subarray(0, 4));
    receive('add_one_reply', { context: 0x12 });
    const reply = channel().request('add_one');
    answer(0, 'add_one_reply');
    await reply;
    expect(counters).toMatchObject({ unknownMessages: 4, strayReplies: 1, replies: 1 });
  });
});

describe('session: its end', () => {
  it('the link ends: all in flight and waiting fails in the same tick, outcomes told apart', async () => {
    const { channel, link, session, ended } = onMemory();
    const ch = channel({ requestBuffer: 2 });
    const errors: unknown[] = [];
    const all = [1, 2, 3].map((value) => ch.request('add_one', { value }).catch((error) => errors.push(error)));
    const dump = settled(channel().dump('thing_dump').toArray());
    link.lose(new Error('VPP closed the connection'));
    expect(session.inFlight).toBe(0);
    expect(ended.length).toBe(1);
    await Promise.all(all);
    expect(errors).toMatchObject([
      { code: 'CONNECTION_LOST', outcome: 'not-sent' },
      { code: 'CONNECTION_LOST', outcome: 'unknown' },
      { code: 'CONNECTION_LOST', outcome: 'unknown' },
    ]);
    expect(await dump).toMatchObject({ error: { code: 'CONNECTION_LOST', outcome: 'unknown' } });
  });

  it('an abort: gives up at once; the late reply is counted and shown, and reaches nobody', async () => {
    const { channel, answer, late, counters } = onMemory();
    const ch = channel();
    const leave = new AbortController();
    const given = ch.request('add_one', { value: 1 }, { signal: leave.signal });
    leave.abort();
    await expect(given).rejects.toMatchObject({ code: 'ABORTED', outcome: 'unknown' });
    const next = ch.request('add_one', { value: 2 });
    answer(0, 'add_one_reply', { value: 100 });
    answer(1, 'add_one_reply', { value: 200 });
    await expect(next).resolves.toMatchObject({ value: 200 });
    expect(counters.lateReplies).toBe(1);
    expect(late).toMatchObject([
      { requestName: 'add_one', channel: ch.id, messageName: 'add_one_reply', message: { value: 100 } },
    ]);
  });

  it('an aborted signal: nothing is sent', async () => {
    const { channel, link } = onMemory();
    await expect(channel().request('add_one', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
      outcome: 'not-sent',
    });
    expect(link.sent).toEqual([]);
  });
});
