/** The library string-width as it is in the bundle of the command line: made when it is first called. */
let width;
module.exports = (text) => {
  width ??= require('../../node_modules/string-width/index.js').default;
  return width(text);
};
