/**
 * The part of http.conf that can change while the server listens: tokens, access and the certificate. It is read again when
 * http.conf changes, and when one of the files that it names does, since tokens and certificates are renewed by others.
 */

import { isDeepStrictEqual } from 'node:util';
import { ConfigWatch, type Log, reasonOf, type Status } from '../../sdk/index.js';
import type { Admissions } from './admissions.js';
import { Authenticator } from './authenticator.js';
import type { HttpConfig } from './config.js';
import { pathOf, tlsOptions } from './named-files.js';
import type { GuardedServer } from './server.js';

/** Keys that the server is created with. */
const FIXED = ['endpoint', 'body-limit', 'rate-limit', 'request-timeout'] as const;

export class Renewal {
  private readonly started: HttpConfig;
  private readonly guarded: GuardedServer;
  private readonly admissions: Admissions;
  private readonly log: Log;
  private readonly status: Pick<Status, 'ok' | 'degraded'>;
  private readonly watch: ConfigWatch;
  private inEffect: HttpConfig;

  constructor(
    config: HttpConfig,
    guarded: GuardedServer,
    admissions: Admissions,
    { log, status }: { readonly log: Log; readonly status: Pick<Status, 'ok' | 'degraded'> },
  ) {
    this.started = config;
    this.inEffect = config;
    this.guarded = guarded;
    this.admissions = admissions;
    this.log = log;
    this.status = status;
    this.watch = new ConfigWatch(
      () => filesOf(this.inEffect),
      () => this.filesChanged(),
      (text) => log.warn(text),
    );
  }

  get config(): HttpConfig {
    return this.inEffect;
  }

  start(): void {
    this.watch.start();
  }

  stop(): void {
    this.watch.stop();
  }

  /**
   * Returns the keys that take effect after a restart. Throws when a file that it names is missing or unusable; everything then stays
   * as it was.
   */
  change(after: HttpConfig): string[] {
    this.apply(after);
    this.inEffect = after;
    this.watch.start();
    const fixed = FIXED.filter((key) => !isDeepStrictEqual(after[key], this.started[key]));
    return [...fixed, ...(hasTls(after) === hasTls(this.started) ? [] : ['tls-cert'])];
  }

  private apply(config: HttpConfig): void {
    // The server's own origin is the one that it listens on, not the one that it will have after a restart.
    const { endpoint } = this.started;
    const warn = (text: string) => this.log.warn(text);
    const authenticator = new Authenticator({ ...config, endpoint }, warn);
    const tls = tlsOptions(config, warn);
    if (tls && hasTls(this.started)) this.guarded.useCertificate(tls);
    this.guarded.letIn(authenticator);
    this.admissions.recheck((request) => authenticator.admit(request));
    this.status.ok();
  }

  private filesChanged(): void {
    try {
      this.apply(this.inEffect);
      this.log.info('the tokens and the certificate have been read again');
    } catch (error) {
      this.log.error(`${reasonOf(error)}; what was in effect stays in effect`);
      // A certificate expires, and a token was changed for a reason. Anybody may read /readiness: it names no files.
      this.status.degraded('a token or the certificate could not be renewed; the log says why');
    }
  }
}

const hasTls = (config: HttpConfig) => config['tls-cert'] !== '';

/** The files to watch. The environment never changes. */
function filesOf(config: HttpConfig): string[] {
  const tokens = (['read-token', 'write-token'] as const).filter((key) => /^(file|credential):/.test(config[key]));
  const keys = (['tls-cert', 'tls-key', ...tokens] as const).filter((key) => config[key] !== '');
  return keys.map((key) => pathOf(key, config[key]));
}
