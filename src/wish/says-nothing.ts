/**
 * Whether a file has nothing but comments: what a command that failed has left (`adopt > vpp.yaml`), or an editor in the middle of
 * saving it, more likely than a wish to delete everything. Such a wish is `{}`.
 */
export function saysNothing(text: string): boolean {
  // Mostly the first line decides, of hundreds of thousands.
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    if (!/^(?:#|---$|\.\.\.$|$)/.test(text.slice(start, end).trim())) return false;
    start = end + 1;
  }
  return true;
}

/** The reason why such a wish is refused. */
export const NOTHING_SAID = 'is empty: a wish that nothing is to be there is {}';
