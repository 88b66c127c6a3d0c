/** How well something is, as a picture of it shows. */

export type Tone = 'good' | 'busy' | 'bad' | 'off';
