/** Starts a packet trace: where, how many, and which packets. */

import { useState } from 'preact/hooks';
import { connection } from '../../feed/index.js';
import { AgentError } from '../../feed/rest.js';
import { type FieldSpec, inputOf, type Values } from '../../parts/field-spec.js';
import { complaintAt, Fields } from '../../parts/fields.js';
import { sentText } from '../../parts/sent-text.js';

const PROTOCOLS = ['tcp', 'udp', 'icmp', 'icmp6', 'arp', 'sctp', 'gre', 'esp'];

const FIELDS: readonly FieldSpec[] = [
  { key: 'count', label: 'Packets', placeholder: '50', number: true },
  { key: 'node', label: 'Input node', placeholder: 'all of drivers' },
  { key: 'src', label: 'From', placeholder: '192.0.2.0/24' },
  { key: 'dst', label: 'To', placeholder: '198.51.100.1' },
  { key: 'proto', label: 'Protocol', options: [['', 'any'], ...PROTOCOLS.map((name) => [name, name] as const)] },
  { key: 'port', label: 'Port', placeholder: 'any', number: true },
  { key: 'through', label: 'Through node', placeholder: 'drop, to see only those' },
  { key: 'time', label: 'For at most', placeholder: '60s' },
];

/** The trace ends when this page has not read it for so long: it was closed then. */
const KEEP_ALIVE = '30s';

interface Props {
  /** Why none can be started now. */
  readonly busy?: string;
  readonly onStarted: () => Promise<void>;
}

export function StartForm({ busy, onStarted }: Props) {
  const [values, setValues] = useState<Values>({});
  const [isSending, setSending] = useState(false);
  const [failed, setFailed] = useState<{ readonly message: string; readonly path?: string }>();
  const input = { ...inputOf(FIELDS, values), keepAlive: KEEP_ALIVE };
  const submit = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    setFailed(undefined);
    try {
      await connection.call('packet-trace.start', input);
      await onStarted();
    } catch (error) {
      setFailed(error instanceof AgentError ? error : { message: 'the agent does not answer' });
    } finally {
      setSending(false);
    }
  };
  return (
    <form class="query panel" aria-label="Start a trace" onSubmit={(event) => void submit(event)}>
      <Fields fields={FIELDS} values={values} complaintOf={complaintAt(failed)} onValues={setValues} />
      <button type="submit" class="main" disabled={isSending || busy !== undefined}>
        {isSending ? 'Starting …' : 'Start'}
      </button>
      <p class="quiet">
        {busy ?? 'What was traced in VPP before is cleared. It ends by itself, also when you close this page.'}
      </p>
      <details class="whole">
        <summary class="quiet">What will be sent</summary>
        <pre class="sent">{sentText('packet-trace.start', input)}</pre>
      </details>
      {failed && !FIELDS.some(({ key }) => key === failed.path) && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
    </form>
  );
}
