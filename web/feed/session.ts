/** The caller's token, kept in this tab for as long as it is open: never in a URL, a cookie or a file. */

const KEY = 'vppmux.token';

export function keptToken(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the token, or forgets it. Where the browser keeps nothing, it is known until the page is loaded again. */
export function keepToken(token: string | undefined): void {
  try {
    if (token === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Private windows of some browsers.
  }
}
