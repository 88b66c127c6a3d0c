/** Labels of Prometheus's text format. */

const SIGNS = /[\\\n"]/g;

/** The value of a label, between its quotes. */
export const escaped = (text: string): string => text.replace(SIGNS, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));

export const label = (name: string, value: string): string => `${name}="${escaped(value)}"`;
