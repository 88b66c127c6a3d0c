import { expect, it } from 'vitest';
import { type Lost, lostAnswers } from '../../../src/mux/relay/lost-answers.js';

const lost = (context: number, wasSent: boolean, answer: string | Buffer): Lost => ({
  exchange: { context, wasSent },
  answer: () => answer,
});
const body = (text: string) => Buffer.from(text);
const heard = (all: readonly Lost[]) => {
  const { answers, unanswerable } = lostAnswers(all);
  return [answers.map(String), unanswerable];
};

it('answers: in the order of the requests, those at VPP first, over the end of all contexts, too', () => {
  const all = [
    ...[lost(-1, false, body('fifth')), lost(1, true, body('third')), lost(-1, false, body('sixth'))],
    ...[lost(0x7ffffffe, true, body('first')), lost(3, true, body('fourth')), lost(0x7fffffff, true, body('second'))],
  ];
  expect(heard(all)).toEqual([['first', 'second', 'third', 'fourth', 'fifth', 'sixth'], undefined]);
});

it('one that nothing can answer: the answers before it, and its name', () => {
  const all = [lost(3, true, body('never')), lost(2, true, 'a dump'), lost(1, true, body('first'))];
  expect(heard(all)).toEqual([['first'], 'a dump']);
});
