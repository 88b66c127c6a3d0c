/** An agent with the HTTP server on a free port, and a plugin that uses it. */

import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { recordingLog, taker } from '../../agent/support.js';

export async function serve(
  use: (http: Http) => void,
  settings: Record<string, unknown> = {},
  { level = 'info', configDir }: { level?: string; configDir?: string } = {},
) {
  const { log, text, lines } = recordingLog(level);
  const user = taker({ http: Http }, 'user', ({ http }) => ({ init: () => use(http) }));
  const agent = await createAgent({
    plugins: [user.plugin, httpPlugin],
    log,
    env: {},
    configDir,
    settings: { http: { endpoint: '127.0.0.1:0', ...settings } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { http } = user.taken();
  return { agent, text, lines, url: http.url!, http };
}
