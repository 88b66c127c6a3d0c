/** An operation as it is declared. It imports nothing, so that tests need no browser for what is made of it. */

/** The part of a JSON Schema that forms are made of. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface Declared {
  /** `route.list` */
  readonly name: string;
  readonly access: 'read' | 'write';
  readonly summary: string;
  readonly description: string;
  readonly input: Schema;
}
