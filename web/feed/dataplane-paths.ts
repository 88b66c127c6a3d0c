/** Paths of one dataplane of an agent that has several. It imports nothing, so that tests need no browser. */

/** The dataplane that plugins work at unless they say another. */
export const MAIN = 'main';
/** As in govpp.conf: what is no name never gets into an address. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST = 40;

export const isName = (text: string): boolean => text.length <= LONGEST && NAME.test(text);

/** The part before a path of the agent that is about the dataplane: `/dataplanes/edge`, nothing for `main`. */
export const prefixOf = (name: string): string => (name === MAIN ? '' : `/dataplanes/${name}`);

/** The dataplane that a page is served for: `edge` at `/dataplanes/edge/ui/`, wherever a proxy has put that. */
export function servedFor(pathname: string): string {
  const [folder, name, ui] = pathname.split('/').slice(-4);
  return folder === 'dataplanes' && ui === 'ui' && isName(name) ? name : MAIN;
}
