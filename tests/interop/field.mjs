// Does what each line asks for and answers with a line; started by the tests and by the benchmark.
import {createInterface} from 'node:readline';
import {acts} from './acts.mjs';

for await(const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  const {act, ...request} = JSON.parse(line);
  const answer = await acts[act](request).catch(error => ({error: error.stack}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
