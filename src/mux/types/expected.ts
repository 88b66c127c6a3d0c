/** The messages that a program was generated for, as `vppmux generate --used` writes them to `compat.json`. */

export interface ExpectedMessages {
  /** `vppmux-expected`. */
  readonly format: string;
  /** Version of the format: 1. */
  readonly version: number;
  /** Message name → CRC: the requests and events that the program names, with what answers them. */
  readonly messages: Readonly<Record<string, string>>;
  /** Their definitions, in the form of `.api.json` files: to say which fields differ. */
  readonly files: readonly unknown[];
}
