/** Answers that no etcd gives: of a proxy, of another program, of one that is broken. */

import { once } from 'node:events';
import { createServer as createHttp1 } from 'node:http';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient, type EtcdOptions } from '../../../src/etcd/index.js';
import { frame } from '../../../src/etcd/wire/deframer.js';
import { encode } from '../../../src/etcd/wire/encode.js';
import { KEEP_ALIVE_RESPONSE, RANGE_RESPONSE, WATCH_RESPONSE } from '../../../src/etcd/wire/messages.js';
import { readWatch } from '../../support/etcd-watch.js';

const QUICK = { requestTimeoutMs: 1500, connectTimeoutMs: 200, backoff: { delayMs: 10, maxDelayMs: 50 } };

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A server of HTTP/2 that answers every call like this. */
const http2 = (answer: (stream: ServerHttp2Stream, path: string) => void) =>
  listening(
    createServer()
      .on('stream', (stream, headers) => {
        stream.on('error', () => {});
        answer(stream, `${headers[':path']}`);
      })
      .on('sessionError', () => {}) as unknown as Server,
  );

const GRPC = { ':status': 200, 'content-type': 'application/grpc' };

/** Answers with these bytes and this status. */
const answers = (bytes: Uint8Array, trailers: Record<string, string> = { 'grpc-status': '0' }) =>
  http2((stream) => {
    stream.respond(GRPC, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(bytes);
  });

function clientOf(url: string, options: Partial<EtcdOptions> = {}): EtcdClient {
  const etcd = new EtcdClient({ endpoints: [url], ...QUICK, ...options });
  onTestFinished(() => etcd.close());
  return etcd;
}

/** The error of a request that is tried again until its time is over. */
const failure = (etcd: EtcdClient) => etcd.get('key').catch((error) => error);
/** The error of a write, which is not repeated where its fate is unknown. */
const failedPut = (etcd: EtcdClient) => etcd.put('key', 'value', { timeoutMs: 60_000 }).catch((error) => error);

describe('what is no etcd', () => {
  it('nobody listens: is said, with the endpoint and what to do', async () => {
    const error = await failure(clientOf('http://127.0.0.1:1'));
    expect(error).toMatchObject({ code: 'ETCD_AWAY', outcome: 'not-sent', name: 'EtcdUnavailableError' });
    expect(error.message).toContain('http://127.0.0.1:1: nobody listens there: etcd is not running');
    expect(error.since).toBeInstanceOf(Date);
  });

  it('a host that takes the connection and says nothing: is given up in time', async () => {
    const error = await failure(clientOf(await listening(createTcp())));
    expect(error).toMatchObject({ code: 'ETCD_AWAY', outcome: 'not-sent' });
    expect(error.message).toContain('no answer within 200 ms');
  });

  it('a host that closes the connection', async () => {
    const error = await failure(clientOf(await listening(createTcp((socket) => void socket.destroy()))));
    expect(error).toMatchObject({ code: 'ETCD_AWAY', outcome: 'not-sent' });
  });

  it('a server of HTTP/1: is no etcd', async () => {
    const url = await listening(createHttp1((_, response) => void response.end('<html>')));
    const error = await failure(clientOf(url));
    expect(error).toMatchObject({ code: 'NOT_ETCD', outcome: 'not-sent' });
    expect(error.message).toContain('it speaks no HTTP/2');
  });

  it('one that sends a line without an end', async () => {
    const url = await listening(
      createTcp((socket) => {
        const timer = setInterval(() => socket.write('x'.repeat(10_000)), 1);
        socket.on('error', () => {}).on('close', () => clearInterval(timer));
      }),
    );
    expect(await failure(clientOf(url))).toMatchObject({ code: 'NOT_ETCD' });
  });

  it('a proxy with a page in place of an answer: is quoted', async () => {
    const url = await http2((stream) => {
      stream.respond({ ':status': 502, 'content-type': 'text/html' });
      stream.end('<html>\u001b[31mBad Gateway');
    });
    const error = await failedPut(clientOf(url));
    expect(error).toMatchObject({ code: 'NOT_ETCD', request: 'KV/Put' });
    expect(error.message).toContain('HTTP status 502, text/html: "<html>\\u001b[31mBad Gateway"');
  });

  it('a page without an end: is cut', async () => {
    const url = await http2((stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      const more = () => {
        while (!stream.destroyed && stream.write('<p>'.repeat(1000)));
      };
      stream.on('drain', more);
      more();
    });
    const error = await failedPut(clientOf(url));
    expect(error.code).toBe('NOT_ETCD');
    expect(error.message.length).toBeLessThan(600);
  });
});

describe('an etcd that is broken', () => {
  it.each([
    ['bytes that are no message', frame(Buffer.from('garbage!!'))],
    ['half a message', frame(encode(RANGE_RESPONSE, { count: 5 })).subarray(0, 6)],
    ['a compressed message', Buffer.from([1, 0, 0, 0, 0])],
    ['nothing at all', Buffer.alloc(0)],
    ['a revision beyond 2^53', frame(Buffer.from([0x0a, 0x0a, 0x18, ...Array(8).fill(0xff), 0x7f]))],
  ])('%s: is said to be no answer', async (_, bytes) => {
    const error = await failedPut(clientOf(await answers(bytes)));
    expect(error).toMatchObject({ code: 'NOT_ETCD' });
  });

  it('a message above the limit: is refused before it is held', async () => {
    const header = Buffer.from([0, 0x7f, 0xff, 0xff, 0xff]);
    const error = await failedPut(clientOf(await answers(header), { maxAnswerBytes: 1024 * 1024 }));
    expect(error).toMatchObject({ code: 'ETCD_TOO_LARGE', request: 'KV/Put' });
  });

  it('an answer without an end: is given up at the deadline', async () => {
    const url = await http2((stream) => {
      stream.respond(GRPC);
      stream.write(frame(encode(RANGE_RESPONSE, { count: 0 })));
    });
    const error = await failure(clientOf(url));
    expect(error).toMatchObject({ code: 'ETCD_TIMEOUT', outcome: 'unknown', afterMs: 1500 });
    expect(error.message).toContain('did not answer KV/Range of key within 1500 ms; etcd may have carried it out');
  });

  it('a stream without a status: is cut off, and a write of unknown fate is not repeated', async () => {
    let calls = 0;
    const url = await http2((stream) => {
      calls++;
      stream.respond(GRPC);
      stream.end();
    });
    const error = await failedPut(clientOf(url));
    expect(error).toMatchObject({ code: 'ETCD_LOST', outcome: 'unknown', key: 'key' });
    expect(calls).toBe(1);
  });

  it.each([
    ['14', 'etcdserver: no leader', 'ETCD_NO_LEADER', 'not-sent'],
    ['14', 'etcdserver: request timed out', 'ETCD_TIMEOUT', 'unknown'],
    ['14', 'etcdserver: leader changed', 'ETCD_NO_LEADER', 'unknown'],
    ['8', 'etcdserver: mvcc: database space exceeded', 'ETCD_NO_SPACE', 'not-sent'],
    ['8', 'etcdserver: too many requests', 'ETCD_BUSY', 'not-sent'],
    ['7', 'etcdserver: permission denied', 'ETCD_PERMISSION', 'not-sent'],
    ['99', 'some %E2%82%AC%', 'ETCD_REFUSED', 'not-sent'],
  ])('status %s, %s: is %s', async (status, text, code, outcome) => {
    const url = await answers(Buffer.alloc(0), { 'grpc-status': status, 'grpc-message': text });
    const error = await clientOf(url)
      .put('key', 'value')
      .catch((thrown) => thrown);
    // A request that was not carried out is tried again, and the last attempt may be cut off by the deadline.
    const said = error.code === 'ETCD_TIMEOUT' && error.cause ? error.cause : error;
    expect(said).toMatchObject({ code, outcome });
    expect(error.message).toContain(text);
  });

  it('a read: is repeated until its time is over, a refusal is not', async () => {
    let calls = 0;
    const url = await http2((stream) => {
      calls++;
      const isLast = calls === 3;
      stream.respond({ ...GRPC, 'grpc-status': isLast ? '7' : '14' }, { endStream: true });
    });
    expect(await failure(clientOf(url, { requestTimeoutMs: 60_000 }))).toMatchObject({ code: 'ETCD_PERMISSION' });
    expect(calls).toBe(3);
  });

  it('members without a leader: are each tried once, and then one is kept', async () => {
    let connections = 0;
    let calls = 0;
    const leaderless = async () => {
      const server = createServer()
        .on('stream', (stream) => {
          calls++;
          stream.respond(
            { ...GRPC, 'grpc-status': '14', 'grpc-message': 'etcdserver: no leader' },
            { endStream: true },
          );
        })
        .on('session', () => connections++);
      return listening(server as unknown as Server);
    };
    const endpoints = await Promise.all([leaderless(), leaderless(), leaderless()]);
    const etcd = clientOf('', { endpoints });
    while (calls < 20) await failure(etcd);
    expect(connections).toBe(3);
  });

  it('a watch: outlives garbage, pages and cut streams, and says that it is lost', async () => {
    const event = (revision: number) => ({
      kv: { key: Buffer.from('key'), value: Buffer.from(`${revision}`), modRevision: revision },
    });
    const created = { header: { revision: 9 }, created: true };
    const told = (...more: object[]) =>
      Buffer.concat([created, ...more].map((each) => frame(encode(WATCH_RESPONSE, each))));
    const streams: ((stream: ServerHttp2Stream) => void)[] = [
      (stream) => stream.end(frame(Buffer.from('garbage'))),
      (stream) => stream.end(told({ events: [event(2)] }).subarray(0, -3)),
      (stream) => stream.end(told({ events: [event(2), event(3)] })),
      // Sent again: these are known already.
      (stream) => stream.end(told({ events: [event(2), event(3)] }, { events: [event(4)] })),
      (stream) => stream.write(told({ events: [event(5)] })),
    ];
    const url = await http2((stream) => {
      stream.respond(GRPC);
      streams.shift()?.(stream);
    });
    const states: string[] = [];
    const reader = readWatch(
      clientOf(url).watch('key', { fromRevision: 1, onState: ({ state }) => states.push(state) }),
    );
    await reader.knows('key', '5');
    expect(reader.changes).toEqual(['key=2', 'key=3', 'key=4', 'key=5']);
    expect(states.slice(0, 2)).toEqual(['lost', 'live']);
  });

  it('a lease that is answered with nonsense: is lost at its own time', async () => {
    let granted = false;
    const url = await http2((stream, path) => {
      stream.respond(GRPC, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      // Fields 2 and 3 of both answers are id and seconds.
      const answer = frame(encode(KEEP_ALIVE_RESPONSE, { id: 7n, ttl: 1 }));
      stream.end(path.endsWith('LeaseGrant') && !granted ? answer : Buffer.from('nonsense'));
      granted = true;
    });
    const lease = await clientOf(url).lease(1);
    await once(lease.signal, 'abort');
    expect(lease.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
    expect(lease.signal.reason.message).toContain('with what is no message of etcd');
  });
});
