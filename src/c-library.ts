/**
 * Functions of the C library, by koffi: an optional dependency, which is loaded when something first needs it. Without it, or on
 * a platform that it does not know, there is nothing, and whoever asks goes without.
 */

import { reasonOf } from './thrown.js';

export interface CLibrary {
  /** A function by its declaration in C: `int getsockopt(int, int, int, void *, void *)`. Throws where there is none. */
  func(declaration: string): (...args: unknown[]) => unknown;
}

interface Koffi {
  /** `null`: the functions that this process has already. */
  load(path: null): CLibrary;
}

/** Not a literal: it need not be installed where this is compiled. */
const KOFFI: string = 'koffi';

const loadKoffi = async (): Promise<Koffi> => (await import(KOFFI)).default;

/** Resolves with undefined, and calls `without` with the reason, where it cannot be had. */
export async function cLibrary(without: (reason: string) => void, load = loadKoffi): Promise<CLibrary | undefined> {
  try {
    return (await load()).load(null);
  } catch (error) {
    without(reasonOf(error).split('\n')[0]);
    return undefined;
  }
}
