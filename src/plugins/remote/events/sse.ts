/** Server-sent events: the text of each, as the HTML standard has it. */

/** Milliseconds after which a browser connects again. */
const RETRY_MS = 1000;

/** `name`: none for VPP's event itself, which listeners of `message` get. The data is one line of JSON. */
export function sseText(data: unknown, { id, name }: { readonly id?: number; readonly name?: string } = {}): string {
  const head = `${id === undefined ? '' : `id: ${id}\n`}${name === undefined ? '' : `event: ${name}\n`}`;
  return `${head}data: ${JSON.stringify(data)}\n\n`;
}

export const RETRY = `retry: ${RETRY_MS}\n\n`;

/** A comment: shows both ends that the other one is there. */
export const HEARTBEAT = ': \n\n';
