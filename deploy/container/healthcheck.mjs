/**
 * The health check of the container: exit code 0 when the agent in it answers. Whether VPP does is no part of it, as a
 * restart of the agent would not help: /readiness says that. VPPMUX_HEALTH_URL names another address.
 */

import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';

const url = process.env.VPPMUX_HEALTH_URL ?? 'http://127.0.0.1:9191/liveness';

/** Resolves with the status; rejects where nobody answers, or with something else than HTTP. */
function statusOf(address) {
  const { protocol } = new URL(address);
  // The certificate is for the agent's own name; nothing is sent that is secret.
  const options = { timeout: 2000, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? getTls : getPlain)(address, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).on('timeout', () => request.destroy(new Error('no answer within 2 s')));
  });
}

try {
  // With tls-cert in http.conf the port speaks HTTPS only.
  const status = await statusOf(url).catch(() => statusOf(url.replace(/^http:/, 'https:')));
  if (status !== 200) throw new Error(`${url}: ${status}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
