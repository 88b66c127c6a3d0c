import { StoreError } from '../errors.js';
import { LogFile } from './log-file.js';
import { logNumbers, logPath } from './log-names.js';

/** Opens the newest file of a log. @throws StoreError STORE_AWAY where there is none, or the folder is not there */
export async function openNewestLog(folder: string): Promise<LogFile> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    const number = (await logNumbers(folder)).at(-1);
    if (number === undefined) break;
    // Between the two calls another process may have gone on to the next one.
    const file = await LogFile.open(logPath(folder, number), number);
    if (file) return file;
  }
  throw new StoreError(
    'STORE_AWAY',
    `the folder ${folder} has no fleet: it is another one, it was removed or emptied, or its disk is not mounted`,
  );
}
