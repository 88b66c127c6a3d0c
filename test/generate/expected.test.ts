import { describe, expect, it } from 'vitest';
import { apiJsonOf } from '../../src/generate/api-json.js';
import { generate, namesIn } from '../../src/generate/index.js';
import { compatibility } from '../../src/mux/compat/compatibility.js';
import { sideOf } from '../../src/mux/connection/compare-with-vpp.js';
import { loadSchema, parseSchema, type Schema } from '../../src/mux/index.js';
import { ownSchema } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { FILES, modelOf } from './definitions.js';

/** The definitions, written and read again. */
function again({ model }: Schema): Schema {
  const files = apiJsonOf([...model.messages.values()], model);
  return parseSchema(files.map((file) => ({ name: `${file.module}.api.json`, text: JSON.stringify(file) })));
}

function expectTheSame(schema: Schema): void {
  const { messages } = compatibility(sideOf(schema), sideOf(again(schema)));
  expect(messages.filter(({ verdict, changes }) => verdict !== 'same' || changes?.length !== 0)).toEqual([]);
  expect(messages).toHaveLength(schema.model.messages.size);
}

describe('definitions, written as API files', () => {
  it('those of the mock: say the same', async () => expectTheSame(await ownSchema()));

  it('those of the tests: say the same, with limits, defaults and unions', () => expectTheSame(parseSchema(FILES)));
});

describe('definitions of releases, written as API files', needs(sharedMissing), () => {
  it.each(['22.10', '26.06'])('VPP %s: say the same', async (release) => {
    expectTheSame(await loadSchema(sharedPath('vpp-api', release)));
  });
});

describe('compat.json', () => {
  it('has names and CRCs of what is used and what answers it, and their definitions', () => {
    const { files } = generate(modelOf(FILES), { only: new Set(['thing_dump']), expect: true });
    const { text = '' } = files.find(({ name }) => name === 'compat.json') ?? {};
    expect(JSON.parse(text)).toMatchObject({
      format: 'vppmux-expected',
      version: 1,
      messages: { thing_details: '00000004', thing_dump: '00000003' },
      files: [{ module: 'thing', services: { thing_dump: { reply: 'thing_details', stream: true } } }],
    });
    expect(text).not.toContain('thing_set');
  });
});

describe('names in a source', () => {
  it.each<[string, string, string[]]>([
    [
      'requests and events in any quotes',
      `a('thing_set'); b("thing_dump"); c(\`thing_event\`)`,
      ['thing_set', 'thing_dump', 'thing_event'],
    ],
    ['a name twice', `'thing_set' 'thing_set'`, ['thing_set']],
    ['replies, details, other words', `'thing_set_reply' 'thing_details' 'thing'`, []],
    ['names without quotes, and within longer strings', `thing_set 'my thing_set'`, []],
  ])('%s', (_, source, names) => {
    expect(namesIn(source, modelOf(FILES))).toEqual(names);
  });
});
