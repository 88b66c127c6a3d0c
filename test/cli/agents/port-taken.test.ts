import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portTaken } from '../../../src/cli/agents/port-taken.js';
import { directoryWith } from '../../agent/support.js';
import { environmentWith } from './support.js';

const refusal = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 9191 });
const thrown = new Error('plugin http: its afterInit failed', {
  cause: new Error('cannot listen', { cause: refusal }),
});

describe('a port that is taken', () => {
  it('by an agent of this user: its pid, and the file that says another port', () => {
    const dir = directoryWith({ 'http.conf': '' });
    const advice = portTaken(thrown, { dir, env: environmentWith({ url: 'http://127.0.0.1:9191' }) });
    expect(advice).toBe(
      `the agent with pid ${process.pid} listens at http://127.0.0.1:9191: end it (kill ${process.pid}), or ` +
        `run this one elsewhere: write "endpoint: 127.0.0.1:9192" in ${join(dir, 'http.conf')}`,
    );
  });

  it('by somebody else: the file alone, there or not, or the option that names one', () => {
    const env = environmentWith({ url: 'http://127.0.0.1:9292' });
    const dir = directoryWith({});
    const other = join(directoryWith({ 'mine.conf': '' }), 'mine.conf');
    const line = 'run this one elsewhere: write "endpoint: 127.0.0.1:9192" in';
    expect(portTaken(thrown, { dir, env })).toBe(`${line} ${join(dir, 'http.conf')} (there is none yet)`);
    expect(portTaken(thrown, { dir, env, files: { http: other } })).toBe(`${line} ${other}`);
    expect(portTaken(thrown, { env })).toBe(`${line} a file, and name it with --http-config FILE`);
  });

  it('any other error: nothing to add', () => {
    expect(portTaken(new Error('x', { cause: 7 }), {})).toBeUndefined();
    expect(portTaken(undefined, {})).toBeUndefined();
  });
});
