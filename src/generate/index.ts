/** The door of the generator: definitions → declarations of messages, without a VPP and without files. */

export { namesIn } from './expected.js';
export { type Generated, type GeneratedFile, type GenerateOptions, generate, isGenerated } from './generate.js';
