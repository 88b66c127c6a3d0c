/** Paths of one dataplane of an agent that has several. It imports nothing, so that tests need no browser. */

/** The dataplane that plugins work at unless they say another. */
export const MAIN = 'main';
/** As in govpp.conf. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST = 40;

export const isName = (text: string): boolean => text.length <= LONGEST && NAME.test(text);

/** No dataplane can be called so: the agent answers that there is none. */
const NOBODY = '-';

/**
 * The part before a path of the agent that is about the dataplane: `/dataplanes/edge`, nothing for `main`. The name comes from the URL's
 * fragment, which anybody may have written into a link: what is no name never gets into an address, where `..` would lead elsewhere.
 */
export const prefixOf = (name: string): string => (name === MAIN ? '' : `/dataplanes/${isName(name) ? name : NOBODY}`);

/** The dataplane that a page is served for: `edge` at `/dataplanes/edge/ui/`, wherever a proxy has put that. */
export function servedFor(pathname: string): string {
  const [folder, name, ui] = pathname.split('/').slice(-4);
  return folder === 'dataplanes' && ui === 'ui' && isName(name) ? name : MAIN;
}
