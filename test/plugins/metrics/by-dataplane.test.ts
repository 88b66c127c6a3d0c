import { describe, expect, it } from 'vitest';
import { groupsOf, metricOf } from '../../../src/plugins/metrics/by-dataplane.js';
import { metricText } from '../../../src/plugins/metrics/metric-text.js';
import { gauge, type Metric } from '../../../src/sdk/index.js';

const at = (dataplane: string | undefined, value: Metric) => ({
  plugin: `links${dataplane ?? ''}`,
  value,
  ...(dataplane !== undefined && { dataplane }),
});
const up = (read: Parameters<typeof gauge>[2]) => gauge('links_up', 'Links', read);

function textsOf(contributions: Parameters<typeof groupsOf>[0]) {
  const faults: string[] = [];
  const texts = groupsOf(contributions).map((group) => {
    const metric = metricOf(
      group,
      ({ dataplane }, error) => void faults.push(`${dataplane}: ${(error as Error).message}`),
    );
    return metricText(metric).text.split('\n').slice(2, -1);
  });
  return { texts, faults };
}

describe('metrics by dataplane', () => {
  it('of one name at several: are one metric with a label', () => {
    const { texts } = textsOf([
      at(
        'main',
        up(() => 1),
      ),
      at(
        undefined,
        gauge('other', 'Other', () => 5),
      ),
      at(
        'edge',
        up(() => [{ labels: { vrf: '0' }, value: 2 }]),
      ),
      at(
        'core',
        up(() => undefined),
      ),
    ]);
    expect(texts).toEqual([['links_up{dataplane="main"} 1', 'links_up{dataplane="edge",vrf="0"} 2'], ['other 5']]);
  });

  it('of no dataplane: stays as it is', () => {
    const metric = up(() => 1);
    const [group] = groupsOf([at(undefined, metric)]);
    expect(metricOf(group, () => {})).toBe(metric);
  });

  it('a part that throws: is reported, and the others are shown', () => {
    const broken = up(() => {
      throw new Error('no');
    });
    const { texts, faults } = textsOf([
      at('main', broken),
      at(
        'edge',
        up(() => 2),
      ),
    ]);
    expect({ texts, faults }).toEqual({ texts: [['links_up{dataplane="edge"} 2']], faults: ['main: no'] });
  });

  it('twice at one dataplane: are two metrics, of which the page refuses one', () => {
    expect(
      groupsOf([
        at(
          'main',
          up(() => 1),
        ),
        at(
          'main',
          up(() => 2),
        ),
      ]),
    ).toHaveLength(2);
  });
});
