/** A small line for each series, without axes: the shape of the last minute. The numbers stand next to it. */

import { useEffect, useRef } from 'preact/hooks';
import type { Ring } from '../feed/ring.js';
import { useValue } from '../feed/use-value.js';
import { colour, theme } from './theme.js';

interface Props {
  readonly ring: Ring;
  /** Names of the colours of the lines: `rx`, `tx`, `drop`. */
  readonly lines: readonly string[];
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ ring, lines, width = 96, height = 22 }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useValue(theme);
  const { latest } = ring;
  // The ring is the same object; its newest time says that it has changed.
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, ring, lines);
  }, [latest, scheme, ring]);
  return <canvas ref={canvas} class="spark" style={{ width: `${width}px`, height: `${height}px` }} />;
}

function draw(canvas: HTMLCanvasElement, ring: Ring, lines: readonly string[]): void {
  const scale = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  context.clearRect(0, 0, width, height);
  const [times, ...values] = ring.read();
  const end = times.at(-1) ?? 0;
  const top = Math.max(1e-9, ...values.flat().map((value) => value ?? 0));
  context.lineWidth = 1.4 * scale;
  context.lineJoin = 'round';
  const margin = 2 * scale;
  values.forEach((line, i) => {
    context.strokeStyle = colour(lines[i]);
    context.beginPath();
    let isDrawing = false;
    line.forEach((value, at) => {
      const time = times[at];
      if (value === null || time === null) {
        isDrawing = false;
        return;
      }
      const x = width - margin - ((end - time) / SPAN) * width;
      const y = height - margin - (value / top) * (height - 2 * margin);
      if (isDrawing) context.lineTo(x, y);
      else context.moveTo(x, y);
      isDrawing = true;
    });
    context.stroke();
  });
}

/** Seconds from the left to the right. */
const SPAN = 60;
