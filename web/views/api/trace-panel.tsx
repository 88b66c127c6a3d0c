/** The panel of the live trace. */

import { useEffect, useState } from 'preact/hooks';
import { useValue } from '../../feed/use-value.js';
import { exact } from '../../parts/format.js';
import { TraceFeed, type TraceLine } from './trace-feed.js';

/** Lines that are shown; more are kept, and saved. */
const SHOWN = 200;

export function TracePanel() {
  const [feed] = useState(() => new TraceFeed());
  const [match, setMatch] = useState('!control_ping*');
  const { isRunning, reason, lines, dropped } = useValue(feed.state);
  useEffect(() => () => feed.stop(), [feed]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (isRunning) feed.stop();
    else void feed.start(match);
  };
  return (
    <section class="panel">
      <form class="head" onSubmit={submit}>
        <h2>Messages, live</h2>
        <p class="quiet" role="status">
          {reason ?? (isRunning || lines.length > 0 ? `${exact(lines.length)} kept` : 'They may hold secrets.')}
          {dropped > 0 && `, ${exact(dropped)} dropped`}
        </p>
        <div class="end">
          <input
            type="text"
            class="filter"
            aria-label="Names of messages: * stands for any letters, ! leaves out"
            placeholder="sw_interface_*, !*_details"
            spellcheck={false}
            value={match}
            disabled={isRunning}
            onInput={({ currentTarget }) => setMatch(currentTarget.value)}
          />
          <button type="submit" class={isRunning ? '' : 'main'}>
            {isRunning ? 'Stop' : 'Start'}
          </button>
          <button type="button" disabled={lines.length === 0} onClick={() => save(feed.file())}>
            Save
          </button>
        </div>
      </form>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard as well
        <ol class="trace" aria-label="Messages, the newest first" tabIndex={0}>
          {lines
            .slice(-SHOWN)
            .reverse()
            .map((line) => (
              <Message key={line.id} line={line} />
            ))}
        </ol>
      )}
    </section>
  );
}

function Message({ line }: { readonly line: TraceLine }) {
  const { t, dir, name = 'unknown', channel, client, context, fields } = line;
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="number">{(t / 1000).toFixed(3)}</span>{' '}
          <span class={dir === 'out' ? 'out' : 'in'}>{dir === 'out' ? '→' : '←'}</span>
          <span class="hidden">{dir === 'out' ? 'to VPP' : 'from VPP'}</span> <code>{name}</code>{' '}
          <span class="quiet">
            {client ?? (channel === undefined ? '' : `channel ${channel}`)}
            {context !== undefined && ` #${context}`}
          </span>
        </summary>
        {isOpen && (
          <pre class="sent">{fields === undefined ? 'could not be decoded' : JSON.stringify(fields, null, 2)}</pre>
        )}
      </details>
    </li>
  );
}

function save(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.trace`;
  link.click();
  URL.revokeObjectURL(link.href);
}
