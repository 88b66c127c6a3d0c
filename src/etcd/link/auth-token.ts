/** The token of a user, which etcd gives for user and password. It is asked for once for all requests that need it. */

import { EtcdRefusedError } from '../errors.js';
import type { EtcdSettings } from '../options.js';
import { AUTHENTICATE } from '../wire/methods.js';
import type { Decoded, Encodable } from '../wire/protobuf.js';

type Authenticate = (
  method: typeof AUTHENTICATE,
  input: Encodable<typeof AUTHENTICATE.request>,
) => Promise<Decoded<typeof AUTHENTICATE.answer>>;

export class AuthToken {
  private current: Promise<string | undefined> | undefined;
  private value: string | undefined;

  constructor(
    private readonly settings: Pick<EtcdSettings, 'user' | 'password'>,
    private readonly authenticate: Authenticate,
  ) {}

  /** True where there is a user. */
  get isUsed(): boolean {
    return this.settings.user !== undefined;
  }

  /** Undefined without a user, and where etcd has authentication turned off. */
  get(): Promise<string | undefined> {
    if (!this.isUsed) return Promise.resolve(undefined);
    if (!this.current) {
      const asked = this.ask();
      this.current = asked;
      asked.catch(() => {
        if (this.current === asked) this.current = undefined;
      });
    }
    return this.current;
  }

  /** Forgets this token, unless another request has already got a new one. */
  renew(old: string | undefined): void {
    if (old === this.value) this.current = undefined;
  }

  private async ask(): Promise<string | undefined> {
    const { user: name, password } = this.settings;
    try {
      const { token } = await this.authenticate(AUTHENTICATE, { name, password });
      this.value = token;
    } catch (error) {
      const isOff = error instanceof EtcdRefusedError && error.message.includes('authentication is not enabled');
      if (!isOff) throw error;
      this.value = undefined;
    }
    return this.value;
  }
}
