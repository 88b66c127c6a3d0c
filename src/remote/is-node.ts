/** Whether this runs in Node, or what does as Node does. */
export const isNode = (): boolean => Reflect.get(globalThis, 'process')?.versions?.node !== undefined;
