/** Names of all commands, for what must not load them; a test compares them with `main.ts`. */
export const COMMAND_NAMES: readonly string[] =
  'call cli dump load watch ping describe compat generate validate adopt plan apply confirm rollback wish drift history doctor mock run proxy clients stats status top init trace packet-trace pcap op fleet plugin repl completion help'.split(
    ' ',
  );
