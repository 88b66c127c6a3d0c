/**
 * The keys of a fleet, below its prefix:
 *
 *   agents/LABEL/config/wish        Assignment    what the agent is to carry out; drivers write it
 *   agents/LABEL/state              AgentState    how it is; on the agent's lease, so that it goes with the agent
 *   agents/LABEL/report             AgentReport   what became of its last generation; stays
 *   groups/NAME                     Group         wish of agents that have no assignment, by their labels
 *   wishes/SHA256/0000 …            a wish's text, compressed, in pieces; SHA256 is that of the text
 *   generations/00000012/plan       GenerationPlan, and its agents in generations/00000012/agents/0000 …
 *   generations/00000012/state      RolloutState
 *   latest                          number of the newest generation
 *   driver                          lock of whoever drives roll-outs
 *
 * An agent watches `agents/LABEL/` alone, and writes its state and report there, which a role of etcd can hold it to.
 */

/** Labels of agents, names of groups and dataplanes. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

const PREFIX = /^\/?[A-Za-z0-9._-]{1,63}(?:\/[A-Za-z0-9._-]{1,63}){0,7}$/;

export class FleetKeys {
  readonly prefix: string;

  /** @throws RangeError for a prefix of another form */
  constructor(prefix = '/vppmux') {
    if (prefix.length > 200 || !PREFIX.test(prefix)) {
      throw new RangeError('a prefix consists of names of letters, digits, ., _ and -, separated by /');
    }
    this.prefix = prefix;
  }

  /** Below it: everything of all agents. */
  get agents(): string {
    return `${this.prefix}/agents/`;
  }

  get groups(): string {
    return `${this.prefix}/groups/`;
  }

  get generations(): string {
    return `${this.prefix}/generations/`;
  }

  get wishes(): string {
    return `${this.prefix}/wishes/`;
  }

  get latest(): string {
    return `${this.prefix}/latest`;
  }

  get driver(): string {
    return `${this.prefix}/driver`;
  }

  /** Below it: everything of an agent. */
  agent(label: string): string {
    return `${this.agents}${label}/`;
  }

  /** Below it: what the agent is to be. */
  config(label: string): string {
    return `${this.agents}${label}/config/`;
  }

  assignment(label: string): string {
    return `${this.config(label)}wish`;
  }

  state(label: string): string {
    return `${this.agents}${label}/state`;
  }

  report(label: string): string {
    return `${this.agents}${label}/report`;
  }

  group(name: string): string {
    return `${this.groups}${name}`;
  }

  wishPiece(sha256: string, piece: number): string {
    return `${this.wishes}${sha256}/${String(piece).padStart(4, '0')}`;
  }

  generation(number: number): string {
    return `${this.generations}${String(number).padStart(8, '0')}/`;
  }

  plan(number: number): string {
    return `${this.generation(number)}plan`;
  }

  planAgents(number: number, part: number): string {
    return `${this.generation(number)}agents/${String(part).padStart(4, '0')}`;
  }

  rollout(number: number): string {
    return `${this.generation(number)}state`;
  }

  /** Number of the generation that a key is of; undefined for other keys. */
  generationOf(key: string): number | undefined {
    if (!key.startsWith(this.generations)) return undefined;
    const [number] = key.slice(this.generations.length).split('/', 1);
    return /^\d{8}$/.test(number) ? Number(number) : undefined;
  }

  /** `agents/LABEL/WHAT` → label and what; undefined for other keys, and for a label that no agent may have. */
  agentOf(key: string): { readonly label: string; readonly what: string } | undefined {
    if (!key.startsWith(this.agents)) return undefined;
    const rest = key.slice(this.agents.length);
    const at = rest.indexOf('/');
    const label = rest.slice(0, Math.max(0, at));
    return NAME.test(label) ? { label, what: rest.slice(at + 1) } : undefined;
  }
}
