import { describe, expect, it } from 'vitest';
import { ownerOf, vppProcesses } from '../../../src/cli/doctor/vpp-process.js';
import { type FakeMachine, fakeMachine, vppProcess } from './fake-machine.js';

const found = (...files: FakeMachine['files'][]) => vppProcesses(fakeMachine({ files: Object.assign({}, ...files) }));
const startup = (text: string) => ({ '/etc/vpp/startup.conf': { text } });
const started = vppProcess(7, ['-c', '/etc/vpp/startup.conf']);

describe('VPP processes', () => {
  it('found by the name of the main thread, with their state', () => {
    const other = { '/proc/8/comm': { text: 'bash\n' }, '/proc/uptime': {} };
    expect(found(other, vppProcess(9, [], { state: 'T' }))).toMatchObject([{ pid: 9, state: 'T' }]);
    expect(found()).toEqual([]);
  });

  it.each<[string, string, string | undefined]>([
    ['a name', 'unix { nodaemon }\nsocksvr {\n  socket-name /tmp/x.sock\n}\n', '/tmp/x.sock'],
    ['a default', 'socksvr { default }', '/run/vpp/api.sock'],
    ['nothing', '', '/run/vpp/api.sock'],
    ['a runtime directory', 'unix { runtime-dir /tmp/vpp }', '/tmp/vpp/api.sock'],
    ['a name that is commented out', 'socksvr {\n # socket-name /tmp/x.sock\n}', '/run/vpp/api.sock'],
    ['the name of the stats socket', 'statseg { socket-name /tmp/stats.sock }', '/run/vpp/api.sock'],
    ['a name relative to we do not know what', 'socksvr { socket-name x.sock }', undefined],
    ['the current directory', 'unix { use-current-dir }', undefined],
  ])('startup.conf with %s: %s', (_, text, socket) => {
    expect(found(started, startup(text))).toMatchObject([{ socket }]);
  });

  it('a configuration on the command line: read from there', () => {
    const args = ['unix', '{', 'nodaemon', '}', 'socksvr', '{', 'socket-name', '/tmp/y.sock', '}'];
    expect(found(vppProcess(7, args))).toMatchObject([{ socket: '/tmp/y.sock' }]);
  });

  it('started by a user: in the directory of that user', () => {
    expect(found(vppProcess(7, [], { uid: 1000 }))).toMatchObject([{ socket: '/run/user/1000/vpp/api.sock' }]);
  });

  it('a startup.conf that may not be read: the socket is not known', () => {
    expect(found(started)).toMatchObject([{ pid: 7, socket: undefined }]);
  });

  it('the owner of a socket: the one configured so, or the only one it could be', () => {
    const [sure, unsure, other] = [
      { pid: 1, state: 'S', socket: '/a' },
      { pid: 2, state: 'S' },
      { pid: 3, state: 'S', socket: '/b' },
    ];
    expect(ownerOf('/a', [other, unsure, sure])).toBe(sure);
    expect(ownerOf('/a', [other, unsure])).toBe(unsure);
    expect(ownerOf('/a', [other])).toBeUndefined();
    expect(ownerOf('/a', [unsure, { ...unsure, pid: 4 }])).toBeUndefined();
  });
});
