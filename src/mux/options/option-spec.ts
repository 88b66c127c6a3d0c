/** The specification of one option, and of a group of them: all that is written of an option, and written once. */

export interface OptionSpec<T = unknown> {
  /** A phrase that says what it sets, for the documentation and for the key of govpp.conf that sets it. */
  readonly text: string;
  readonly unit?: 'ms' | 'bytes';
  /** The smallest number that it takes. */
  readonly least?: number;
  /** The only values that it takes. */
  readonly values?: readonly T[];
  readonly default?: T;
  /** The default in words, where it is no constant. */
  readonly otherwise?: string;
  /** The value's fault, to be put behind the option's name: `must be …, not …`; undefined for a good value. */
  readonly problem: (value: unknown) => string | undefined;
}

/** An option that is an object of options. */
export interface OptionGroup<T = object> {
  readonly text: string;
  readonly options: OptionTable<T>;
  /** Missing unless it is given, `switch` as `true`, too; any other group is always there, with its defaults. */
  readonly onDemand?: 'object' | 'switch';
}

/** A specification for each key of `T`, and for no other. */
export type OptionTable<T> = { readonly [K in keyof Required<T>]: OptionOrGroup<Exclude<T[K], undefined>> };

type OptionOrGroup<T> = OptionSpec<T> | OptionGroup<Exclude<T, boolean>>;

/** The values of `T` once the defaults of its table `S` are filled in. */
export type Filled<T, S extends object> = {
  readonly [K in keyof T as HasDefault<K, S> extends true ? K : never]-?: FilledOne<
    Exclude<T[K], undefined>,
    Spec<K, S>
  >;
} & {
  readonly [K in keyof T as HasDefault<K, S> extends true ? never : K]: FilledGroup<T[K], Spec<K, S>>;
};

type Spec<K, S> = K extends keyof S ? S[K] : never;
type HasDefault<K, S> =
  Spec<K, S> extends { readonly onDemand: string }
    ? false
    : Spec<K, S> extends { readonly default: unknown } | { readonly options: unknown }
      ? true
      : false;

type FilledOne<V, S> = S extends { readonly options: infer G extends object } ? Filled<V, G> : V;
/** A group that is missing unless it is given. */
type FilledGroup<V, S> = S extends { readonly options: infer G extends object }
  ? Filled<Exclude<V, boolean | undefined>, G> | undefined
  : V;
