/** Views of memory that is not there any more: transferred to a worker, or cut off. They look like empty ones. */

const { at } = Uint8Array.prototype;

/** Whether the buffer of a typed array was detached (`transfer`, `postMessage`, `structuredClone`) or shrunk below it. */
export function isDetached(view: ArrayBufferView): boolean {
  if (view.byteLength !== 0 || view instanceof DataView) return false;
  try {
    at.call(view as Uint8Array, 0); // every method checks it first
    return false;
  } catch {
    return true;
  }
}
