/** A MAC address of a wish as VPP spells it: `02-FE-00-00-00-01` and `02fe00000001` → `02:fe:00:00:00:01`. */
export const macText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[:-]/g, '')
    .replaceAll(/../g, (byte, at) => (at === 0 ? byte : `:${byte}`));
