/** Names of plugins and of dataplanes: lower-case words joined by dashes. */
export const PLUGIN_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
