/** Lines over the last minutes, with a head that has the newest values, or those under the pointer. */

import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Ring } from '../feed/ring.js';
import { useValue } from '../feed/use-value.js';
import { clock, quantity, text } from './format.js';
import { Amount } from './quantity.js';
import { colour, theme } from './theme.js';

export interface Line {
  readonly label: string;
  /** Name of its colour: `rx`, `tx`, `drop`. */
  readonly colour: string;
}

interface Props {
  readonly title: string;
  /** `pps`, `bps` */
  readonly unit: string;
  readonly ring: Ring;
  readonly lines: readonly Line[];
}

const HEIGHT = 150;
/** The time at a line of the grid: with seconds where they differ. */
const timeText = (second: number, splits: readonly number[]) =>
  clock(second * 1000).slice(0, splits.some((each) => each % 60 !== 0) ? 8 : 5);

/** Seconds from the left to the right: at first, and when there is more to show. */
const LEAST = 60;
const SPAN = 300;

export function Plot({ title, unit, ring, lines }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const scheme = useValue(theme);
  const [at, setAt] = useState<number | undefined>();
  const data = ring.read();
  // Lines and unit of a plot never change.
  useEffect(() => {
    const { current: element } = place;
    if (element === null) return;
    const made = new uPlot(optionsFor(element.clientWidth, unit, lines, setAt), data as uPlot.AlignedData, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
    };
  }, [scheme]);
  const { latest } = ring;
  // The newest time says that the data is new.
  useEffect(() => {
    plot.current?.setData(data as uPlot.AlignedData);
  }, [latest]);
  const shown = at === undefined || at >= data[0].length ? data[0].length - 1 : at;
  const values = lines.map((_, i) => quantity(data[i + 1][shown] ?? undefined, unit));
  const spoken = lines.map(({ label }, i) => `${label} ${text(values[i])}`).join(', ');
  return (
    <figure class="plot">
      <figcaption>
        <span class="title">{title}</span>
        {at !== undefined && <span class="quiet">{clock((data[0][shown] ?? 0) * 1000)}</span>}
        {lines.map(({ label, colour: name }, i) => (
          <span key={label} class="line">
            <span class={`swatch ${name}`} aria-hidden="true" />
            {label} <Amount of={values[i]} />
          </span>
        ))}
      </figcaption>
      <div ref={place} role="img" aria-label={`${title} over the last minutes: ${spoken} now`} />
    </figure>
  );
}

function optionsFor(
  width: number,
  unit: string,
  lines: readonly Line[],
  onPoint: (at: number | undefined) => void,
): uPlot.Options {
  const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const font = '11px system-ui, sans-serif';
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    padding: [8, 26, 0, 0],
    scales: {
      x: { time: true, range: (_, min, max) => (max === null ? [0, LEAST] : [max - span(max - min), max]) },
      y: { range: (_, __, max) => [0, Math.max(max ?? 0, 1) * 1.08] },
    },
    axes: [
      { ...axis, font, size: 26, space: 60, values: (_, splits) => splits.map((second) => timeText(second, splits)) },
      { ...axis, font, size: 66, space: 34, values: (_, splits) => splits.map((value) => text(quantity(value, unit))) },
    ],
    series: [{}, ...lines.map(({ label, colour: name }) => lineFor(label, name))],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

const span = (seconds: number) => Math.min(SPAN, Math.max(LEAST, seconds));

const lineFor = (label: string, name: string): uPlot.Series => ({
  label,
  stroke: colour(name),
  fill: `color-mix(in srgb, ${colour(name)} 12%, transparent)`,
  width: 1.6,
  points: { show: false },
});
