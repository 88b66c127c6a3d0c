/** The answer of a comparison: of two VPPs, or of two releases of the definitions, message by message. */

export interface Compatibility {
  /** Every message that was asked for is `same`. */
  readonly compatible: boolean;
  readonly messages: readonly MessageCompatibility[];
}

export interface MessageCompatibility {
  readonly name: string;
  readonly verdict: Verdict;
  /** The reason for the verdict, for people. */
  readonly reason: string;
  /** The API file that defines it: `ip.api.json`. */
  readonly file?: string;
  readonly crc: { readonly before?: string; readonly after?: string };
  /** Field by field; undefined where not both definitions are known. New values of enums leave a message the same. */
  readonly changes?: readonly FieldChange[];
  /** The message that takes its place, as the definitions say. */
  readonly replacedBy?: string;
  /** Names on the other side: other versions of a message that is gone, or names like one that is unknown. */
  readonly nearest?: readonly string[];
  /** The requests that bring it along, where it was not named itself. */
  readonly usedBy?: readonly string[];
}

/**
 * - `same`: may be used as it is;
 * - `changed`: there, but defined differently: `changes` says how, where both definitions are known;
 * - `gone`: not there, though other messages of its file are, or the other side is no running VPP;
 * - `not-loaded`: the running VPP has none of it, so its plugin (`file`) is not loaded, or not in this build;
 * - `new`: only there;
 * - `unknown`: on neither side.
 */
export type Verdict = 'same' | 'changed' | 'gone' | 'not-loaded' | 'new' | 'unknown';

export interface FieldChange {
  /** `route.paths[].weight`; empty for the message itself. */
  readonly path: string;
  readonly kind: ChangeKind;
  readonly before?: string;
  readonly after?: string;
}

/**
 * - `added`, `removed`: a field;
 * - `type`: of another type; `size`: of another length, or an enum of another width;
 * - `default`, `limit`: what the definition says of them;
 * - `moved`: stands elsewhere among the fields that both have;
 * - `value`: of an enum, added (no `before`), removed (no `after`) or with another number;
 * - `answer`: the request is answered in another way.
 */
export type ChangeKind = 'added' | 'removed' | 'type' | 'size' | 'default' | 'limit' | 'moved' | 'value' | 'answer';
