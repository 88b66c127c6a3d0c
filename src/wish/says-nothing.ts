/**
 * Whether a file has nothing but comments: what a command that failed has left (`adopt > vpp.yaml`), or an editor in the middle of
 * saving it, more likely than a wish to delete everything. Such a wish is `{}`.
 */
export function saysNothing(text: string): boolean {
  return text.split('\n').every((line) => /^(?:#|---$|\.\.\.$|$)/.test(line.trim()));
}

/** The reason why such a wish is refused. */
export const NOTHING_SAID = 'is empty: a wish that nothing is to be there is {}';
