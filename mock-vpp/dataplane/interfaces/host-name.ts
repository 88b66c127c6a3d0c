/** Linux's interface names: 15 bytes at most, without a slash or white space. */
export const isHostName = (name: string): boolean => /^[^/\s]{1,15}$/.test(name);
