/** Says what a plugin threw, and where in it. */

import { dirname } from 'node:path';
import { reasonOf } from '../../thrown.js';

/** The reason, and the line of the plugin that it comes from, where the stack names one. */
export function whereAndWhy(error: unknown, file: string | undefined): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const own = frames.find((line) => file !== undefined && line.includes(`${dirname(file)}/`));
  const place = own === undefined ? undefined : placeIn(own);
  return `${reasonOf(error)}${place === undefined ? '' : ` (${place})`}`;
}

/** `plugin.js:3:4` at the end of a line of a stack. */
function placeIn(frame: string): string | undefined {
  const text = frame.endsWith(')') ? frame.slice(0, -1) : frame;
  const place = text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('('), text.lastIndexOf('/')) + 1);
  return /^[^:]+:\d+:\d+$/.test(place) ? place : undefined;
}
