/**
 * The messages that objects are read and written with, of the newest release that the package has. A test compiles this folder with
 * those of the others in their place.
 */

export type { Messages } from '../../messages/vpp-26.06.js';
