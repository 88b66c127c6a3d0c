import { Command } from 'commander';
import { NOTHING_SAID, saysNothing, validateWish } from '../../wish/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';
import { mistakesOf } from '../wish/mistakes-of.js';
import { type Mistake, nameOf, reportMistakes, wishText } from '../wish/wish-file.js';

const EXAMPLES = `
Examples:
  vppmux validate vpp.yaml
  vppmux validate --json vpp.yaml | jq -r '.errors[].path'

The file has the format of vppcfg. No VPP is asked. The exit code is 0 for a valid wish, and 1 for one with mistakes.`;

interface ValidateFlags {
  readonly json?: boolean;
}

export function validateCommand(host: Host): Command {
  return new Command('validate')
    .summary('check a file that says what VPP should be')
    .description('Checks a wish: its form, and whether its parts fit each other.')
    .argument('<file>', 'the wish, in the format of vppcfg; - is stdin')
    .option('--json', 'one object: { valid, errors: [{ path, message, line }], warnings }')
    .addHelpText('after', footer(EXAMPLES))
    .action(async (file: string, { json = false }: ValidateFlags) => {
      const text = await wishText(host, file);
      const verdict = validateWish(text);
      const { valid } = verdict;
      const { errors, warnings } = mistakesOf(verdict);
      if (json) await host.out.json({ valid, errors: errors.map(shown), warnings: warnings.map(shown) });
      else {
        await reportMistakes(host, file, { errors, warnings });
        if (saysNothing(text)) host.note(`warning: ${nameOf(file)} ${NOTHING_SAID}; vppmux apply refuses this one`);
        if (valid) host.note(`${nameOf(file)} is valid`);
      }
      if (!valid) throw new ExitWith(EXIT.REFUSED);
    });
}

const shown = ({ path, message, line }: Mistake) => ({ path, message, line });
