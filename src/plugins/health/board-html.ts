/**
 * The status as HTML. The agent renders the first one of each page with this function, and the page, which contains the function's
 * source, every further one: so it refers to nothing outside of itself.
 */

/** `given` is the answer of `/status`, read from JSON. All of it may be text of VPP or of plugins: it is escaped. */
export function boardHtml(given: unknown): string {
  type Fields = Readonly<Record<string, unknown>>;
  const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
  const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  // Control characters, those for bidirectional text included, would show a text in another order than it has.
  const unsafe = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
  const text = (value: unknown): string => {
    const plain = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const visible = plain.replace(unsafe, (sign) =>
      sign === '\n' || sign === '\t' ? ' ' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return visible.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  };
  const time = (value: unknown): string => {
    const shown = text(value).slice(0, 19).replace('T', ' ');
    return shown === '' ? '' : `<time datetime="${text(value)}">${shown} UTC</time>`;
  };
  const known = ['ok', 'degraded', 'init', 'closed', 'error'];
  const state = (value: unknown): string =>
    `<span class="state ${known.includes(String(value)) ? String(value) : 'error'}">${text(value)}</span>`;
  const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  const table = (heads: string[], rows: string[]): string =>
    `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

  const status = fieldsOf(given);
  const config = fieldsOf(status.config);
  const problems = listOf(config.problems).map(fieldsOf);
  const pending = listOf(config.pendingRestart).map(fieldsOf);
  const vpp = fieldsOf(status.vpp);
  const parts = [`<p class="overall">${state(status.overall)} ${text(status.reason)}, since ${time(status.since)}</p>`];
  if (problems.length > 0) {
    const rows = problems.map(({ file, path, text: line, since }) =>
      row(text(file), text(path), text(line), time(since)),
    );
    const heads = ['File', 'Key', 'What is wrong', 'Since'];
    parts.push(
      `<h2>Configuration on disk</h2><p>It is not valid: the last valid one stays in effect.</p>${table(heads, rows)}`,
    );
  }
  if (pending.length > 0) {
    const rows = pending.map(({ plugin, keys, since }) =>
      row(text(plugin ?? 'agent.yaml'), listOf(keys).map(text).join(', '), time(since)),
    );
    parts.push(`<h2>Takes effect after a restart</h2>${table(['Plugin', 'Keys', 'Since'], rows)}`);
  }
  const plugins = Object.entries(fieldsOf(status.plugins)).map(([name, value]) => {
    const part = fieldsOf(value);
    return row(text(name), state(part.state), text(part.reason), time(part.since));
  });
  parts.push(`<h2>Plugins</h2>${table(['Plugin', 'State', 'Why', 'Since'], plugins)}`);
  const others = Object.entries(fieldsOf(status.dataplanes));
  const vpps = [
    ['VPP', vpp] as const,
    ...others.map(([name, value]) => [`VPP of ${name}`, fieldsOf(fieldsOf(value).vpp)] as const),
  ];
  for (const [heading, fields] of vpps) {
    if (Object.keys(fields).length === 0) continue;
    const keys = ['state', 'reason', 'version', 'pid', 'socket', 'generation', 'reconnects', 'since'];
    const rows = keys.filter((key) => text(fields[key]) !== '').map((key) => row(key, text(fields[key])));
    parts.push(`<h2>${text(heading)}</h2>${table(['Key', 'Value'], rows)}`);
  }
  return parts.join('\n');
}
