/**
 * Reads an answer in lines over HTTP, and counts them.
 *
 * usage: node rest.js URL
 */
import { get } from 'node:http';

const LINE_END = 10;

const lines = await new Promise<number>((resolve, reject) => {
  get(process.argv[2], (response) => {
    let count = 0;
    let last: Buffer | undefined;
    response.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) count += 1;
      last = chunk;
    });
    response.on('end', () => {
      if (last?.includes('"error"')) reject(new Error(last.toString().slice(-1000)));
      else resolve(count);
    });
    response.on('error', reject);
  }).on('error', reject);
});
console.log(JSON.stringify({ lines }));
