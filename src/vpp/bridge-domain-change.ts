/** One change of a bridge domain: reads the present state, plans the steps, and carries them out. */

import type { Channel, RequestFields, Untyped } from '../mux/index.js';
import {
  type BridgeDomain,
  type BridgeDomainSettings,
  type BridgePort,
  namesOf,
  readBridgeDomains,
  SETTINGS,
  type SettingFields,
  settingFields,
} from './bridge-domain.js';
import { ObjectError, stepFailure } from './errors.js';
import { type ExchangeOptions, NONE, newest, typed } from './exchange.js';
import { type Interface, type InterfaceRef, InterfaceTable } from './interface-table.js';
import { VERSIONS } from './messages.js';
import type { Messages } from './release.js';

const PORT_NORMAL = 0;
const PORT_BVI = 1;
/** Names of interfaces that have left, in a message. */
const MOST_LEFT = 20;

/** The wanted state of a bridge domain. Settings that are not given are VPP's defaults for a new one; one that exists keeps its own. */
export interface BridgeDomainRequest extends Partial<BridgeDomainSettings> {
  /** 1 to 16777215. Default: one that VPP chooses. */
  readonly id?: number;
  readonly interfaces?: readonly InterfaceRef[];
  /** Loopback through which the domain is to be routed. */
  readonly bvi?: InterfaceRef;
}

interface Plan {
  /** Number of the domain; undefined: one that VPP chooses. */
  readonly id: number | undefined;
  /** Fields of the message that creates it; undefined where it is there. */
  readonly create: SettingFields | undefined;
  readonly joining: readonly (BridgePort & { readonly portType: number })[];
  readonly isChange: boolean;
}

export class BridgeDomainChange {
  private readonly channel: Channel<Messages>;
  private readonly options: ExchangeOptions;
  /** bridge_domain_add_del, in the version that the running VPP has. */
  private readonly addDel: (typeof VERSIONS.bridgeDomainChange)[number];

  static async read(channel: Channel<Untyped>, options: ExchangeOptions): Promise<BridgeDomainChange> {
    const interfaces = InterfaceTable.read(channel, options);
    const domains = await readBridgeDomains(channel, interfaces, options);
    return new BridgeDomainChange(channel, options, domains, await interfaces);
  }

  constructor(
    channel: Channel<Untyped>,
    options: ExchangeOptions,
    readonly domains: BridgeDomain[],
    readonly interfaces: InterfaceTable,
  ) {
    this.channel = typed(channel);
    this.options = options;
    this.addDel = newest(channel, VERSIONS.bridgeDomainChange);
  }

  /** Throws NOT_FOUND. */
  existing(id: number): BridgeDomain {
    const found = this.domains.find((each) => each.id === id);
    if (found !== undefined) return found;
    throw new ObjectError('NOT_FOUND', 'bridge domain', `there is no bridge domain ${id}`, { path: 'id' });
  }

  /** Works out the steps. Throws NOT_FOUND, EXISTS, IN_USE or NOT_SUPPORTED. */
  plan({ id, interfaces: refs = [], bvi, ...settings }: BridgeDomainRequest): Plan {
    if (id === undefined && !this.addDel.endsWith('_v2')) {
      const text = 'this VPP cannot choose a number for a bridge domain; give one';
      throw new ObjectError('NOT_SUPPORTED', 'bridge domain', text, { path: 'id' });
    }
    const known = this.domains.find((each) => each.id === id);
    if (known !== undefined) checkSettings(known, settings);
    const router = bvi === undefined ? undefined : this.interfaces.find(bvi, 'bvi');
    if (known !== undefined && router !== undefined) checkBvi(known, router);
    const wanted = new Map(
      refs.map((ref, i) => this.interfaces.find(ref, `interfaces[${i}]`)).map((itf) => [itf.swIfIndex, itf]),
    );
    if (router !== undefined) wanted.set(router.swIfIndex, router);
    const joining = [...wanted.values()]
      .filter((itf) => this.joins(itf, known, itf === router))
      .map(({ name, swIfIndex }) => ({
        name,
        swIfIndex,
        portType: swIfIndex === router?.swIfIndex ? PORT_BVI : PORT_NORMAL,
      }));
    const create = known === undefined ? settingFields(settings) : undefined;
    return { id, create, joining, isChange: create !== undefined || joining.length > 0 };
  }

  /** Gives the number of the domain. Throws a StepError for an interface that VPP refuses. */
  async carryOut({ id, create, joining }: Plan): Promise<number> {
    const made = create === undefined ? Number(id) : await this.create(id, create);
    for (const { name, swIfIndex, portType } of joining) {
      try {
        await this.bridge({ rx_sw_if_index: swIfIndex, bd_id: made, port_type: portType, shg: 0, enable: true });
      } catch (error) {
        const step = `bridge domain ${made} is there, but ${name} did not join it`;
        throw stepFailure('bridge domain', { step }, error);
      }
    }
    return made;
  }

  /** Throws a StepError for an interface that VPP refuses. */
  async takeOut(id: number, ports: readonly BridgePort[]): Promise<void> {
    for (const [i, { name, swIfIndex }] of ports.entries()) {
      try {
        await this.bridge({ rx_sw_if_index: swIfIndex, bd_id: id, port_type: PORT_NORMAL, shg: 0, enable: false });
      } catch (error) {
        const step = `bridge domain ${id} is there, but ${name} did not leave it`;
        const behind = ports.length - i - 1;
        const others = [
          `${i === 0 ? 'none' : namesOf(ports.slice(0, i), MOST_LEFT)} left`,
          ...(behind > 0 ? [`${behind} not tried`] : []),
        ].join(', ');
        throw stepFailure('bridge domain', { step, others }, error);
      }
    }
  }

  /** Removes the domain, which `left` have left before. Throws a StepError if there are any. */
  async remove(id: number, left: readonly BridgePort[]): Promise<void> {
    try {
      await this.channel.request(this.addDel, { ...settingFields({}), is_add: false, bd_id: id }, this.options);
    } catch (error) {
      if (left.length === 0) throw error;
      const words = {
        step: `bridge domain ${id} was not removed`,
        others: `${namesOf(left, MOST_LEFT)} left it before`,
      };
      throw stepFailure('bridge domain', words, error);
    }
  }

  private async create(id = NONE, settings: SettingFields): Promise<number> {
    const reply = await this.channel.request(this.addDel, { ...settings, is_add: true, bd_id: id }, this.options);
    return 'bd_id' in reply ? reply.bd_id : id;
  }

  private async bridge(fields: RequestFields<Messages, 'sw_interface_set_l2_bridge'>): Promise<void> {
    await this.channel.request('sw_interface_set_l2_bridge', fields, this.options);
  }

  /** Whether an interface has to be put into the domain. Throws IN_USE when it is in another one. */
  private joins({ name, swIfIndex }: Interface, known: BridgeDomain | undefined, asBvi: boolean): boolean {
    const home = this.domains.find(
      ({ members, uuFwd }) =>
        uuFwd?.swIfIndex === swIfIndex || members.some((member) => member.swIfIndex === swIfIndex),
    );
    if (home === undefined) return true;
    if (home !== known) throw new ObjectError('IN_USE', 'interface', `${name} is in bridge domain ${home.id}`);
    return asBvi && home.bvi?.swIfIndex !== swIfIndex;
  }
}

function checkBvi({ id, bvi }: BridgeDomain, { swIfIndex }: Interface): void {
  if (bvi === undefined || bvi.swIfIndex === swIfIndex) return;
  const text = `bridge domain ${id} has the bvi ${bvi.name} already`;
  throw new ObjectError('IN_USE', 'bridge domain', text, { path: 'bvi' });
}

function checkSettings(domain: BridgeDomain, settings: Partial<BridgeDomainSettings>): void {
  const other = SETTINGS.filter((key) => settings[key] !== undefined && settings[key] !== domain[key]);
  if (other.length === 0) return;
  const list = other.map((key) => `${key}: ${domain[key]}`).join(', ');
  const text = `bridge domain ${domain.id} is there with other settings (${list})`;
  throw new ObjectError('EXISTS', 'bridge domain', text, { path: other[0] });
}
