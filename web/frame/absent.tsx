/** Stands in the place of a view of a dataplane that the agent has no dashboard for, or has not at all. */

import type { DataplaneEntry } from '../../src/plugins/dashboard/protocol/index.js';
import { HOME } from '../feed/dataplane.js';
import { connection } from '../feed/index.js';
import { linkAt } from './router.js';

interface Props {
  readonly name: string;
  readonly dataplanes: readonly DataplaneEntry[] | undefined;
}

export function Absent({ name, dataplanes }: Props) {
  const isThere = dataplanes?.some((each) => each.name === name) ?? false;
  return (
    <section class="panel" aria-label="Dataplane">
      <h1>{name}</h1>
      {isThere ? <NoDashboard name={name} /> : <NotThere name={name} dataplanes={dataplanes} />}
      <div class="buttons">
        <button type="button" onClick={() => connection.retryNow()}>
          Try again
        </button>
      </div>
    </section>
  );
}

function NoDashboard({ name }: Pick<Props, 'name'>) {
  return (
    <>
      <p>
        The dashboard does not run at this dataplane. Add those of these to <code>plugins</code> of{' '}
        <code>agent.yaml</code> that it does not list, and restart the agent:
      </p>
      <pre class="sent">
        {['stats', 'dashboard', 'operations'].map((plugin) => `- { plugin: ${plugin}, dataplane: ${name} }\n`).join('')}
      </pre>
      <p class="quiet">
        <code>desired-state</code> is for its wish, <code>trace</code> for its messages.
      </p>
    </>
  );
}

function NotThere({ name, dataplanes }: Props) {
  return (
    <>
      <p>
        The agent has no dataplane {name} (<code>dataplanes</code> in <code>govpp.conf</code>). It has:
      </p>
      <ul>
        {(dataplanes ?? [{ name: HOME }]).map((each) => (
          <li key={each.name}>
            <a href={linkAt(each.name, 'overview')}>{each.name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
