/** Mistakes in a wish. */

export interface Problem {
  /** The way to the value that it is about: `['interfaces', 'loop0', 'addresses', 0]`. */
  readonly path: readonly (string | number)[];
  /** Names the object, and says what is wrong with it. */
  readonly message: string;
}

/** `interfaces.loop0.addresses[0]` */
export const showPath = (path: Problem['path']): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
