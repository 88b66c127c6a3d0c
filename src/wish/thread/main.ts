/** The thread that reads the text of a wish: gives what it has read, then the places of mistakes that others find in it, until it is ended. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { readForm } from '../form.js';
import { builtInKinds } from '../kinds/index.js';
import { formsOf } from '../sections.js';
import type { Answer, Question, Task } from './messages.js';
import { pieces } from './pieces.js';

const { text, sections } = workerData as Task;
const builtIn = formsOf(builtInKinds);
const forms = new Map(sections.map(({ key, isBuiltIn }) => [key, isBuiltIn ? builtIn.get(key) : undefined]));
const { form, placeOf } = readForm(text, forms);
const all = pieces(form);

function answer(question: Question): Answer {
  if (question.ask === 'places') return question.paths.map(placeOf);
  const { done, value } = all.next();
  return done ? null : value;
}

const port = parentPort as MessagePort;
port.on('message', (question: Question) => port.postMessage(answer(question)));
