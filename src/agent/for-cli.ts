/** The door for the command line: what it shows and checks beyond the public door. Nothing here is promised to users. */

export { namesInFolder } from './choose/find-file.js';
export { defaultPlugins } from './choose/load-plugin.js';
export { readAgentConfig } from './config/agent-config.js';
export { isInGitTree } from './config/clear-secrets.js';
export { showProblem } from './config/config-error.js';
export { type ConfigPlaces, configFileOf, configVariable, implicitFilesOf, namedFileOf } from './config/locate.js';
export { hasKey } from './config/unknown-keys.js';
export { within } from './lifetime/budget.js';
export { endedPluginIn } from './lifetime/plugin-end.js';
export { PLUGIN_NAME } from './names.js';
export { collectionName, isCollection } from './plugin/collection.js';
export { configSchemaOf } from './plugin/define-plugin.js';
export type { AnyInstance } from './plugin/plugin.js';
export { AGENT_SERVICES } from './plugin/services.js';
export { MAIN, tokenName } from './token.js';
