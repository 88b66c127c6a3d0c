/** The states of VPP in the words of an operator. */

const WORDS: Readonly<Record<string, string>> = {
  backoff: 'away',
  degraded: 'answers late',
  'not-responding': 'does not answer',
};

export const wordFor = (state: string): string => WORDS[state] ?? state;
