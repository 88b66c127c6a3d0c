/**
 * The shape of rows: which names their objects have, in which order. With it a row is no more than its values, one after the other,
 * each as CBOR: a sixth of the bytes, and a quarter of the work.
 *
 *   { a: 1, b: { c: 'x' }, d: [{ e: 1 }, { e: 2 }] }      shape [['a', 'b', 'd'], [0, [['c'], [0]], [[['e'], [0]]]]]
 *   01 61 78 82 01 02                                     1, 'x', a list of 2, 1, 2
 */

/** 0: a value as it is; a pair: an object, its names and their shapes; one alone: a list, and the shape of what is in it. */
export type Shape = 0 | readonly [names: readonly string[], shapes: readonly Shape[]] | readonly [element: Shape];

export const isList = (shape: Exclude<Shape, 0>): shape is readonly [element: Shape] => shape.length === 1;

export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return isMap(value[0]) ? [shapeOf(value[0])] : 0;
  return isMap(value) ? [Object.keys(value), Object.values(value).map(shapeOf)] : 0;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
