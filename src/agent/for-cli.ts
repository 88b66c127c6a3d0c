/** The door for the command line: what it shows and checks beyond the public door. Nothing here is promised to users. */

export { collectionName, isCollection } from './collection.js';
export { readAgentConfig } from './config/agent-config.js';
export { isInGitTree } from './config/clear-secrets.js';
export { showProblem } from './config/config-error.js';
export { configSchemaOf } from './config/config-schema.js';
export { showDuration } from './config/duration.js';
export { type ConfigPlaces, configFileOf, configVariable, implicitFilesOf, namedFileOf } from './config/locate.js';
export { hasKey } from './config/unknown-keys.js';
export { within } from './lifetime/budget.js';
export { endedPluginIn } from './lifetime/plugin-end.js';
export { namesInFolder } from './loader/find-file.js';
export { defaultPlugins } from './loader.js';
export { type AnyInstance, PLUGIN_NAME } from './plugin.js';
export { AGENT_SERVICES } from './services.js';
export { tokenName } from './token.js';
