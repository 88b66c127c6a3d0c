import { describe, expect, it } from 'vitest';
import { type GenerateOptions, generate } from '../../src/generate/index.js';
import { FILES, modelOf } from './definitions.js';

const texts = (options?: GenerateOptions, files = FILES) =>
  Object.fromEntries(generate(modelOf(files), options).files.map(({ name, text }) => [name, text]));

describe('declarations', () => {
  it('files: one for each API file, the map, its augmentation, the constants', async () => {
    const found = texts();
    expect(Object.keys(found)).toEqual(['thing.d.ts', 'thing_types.d.ts', 'enums.ts', 'messages.d.ts', 'index.d.ts']);
    for (const [name, text] of Object.entries(found)) await expect(text).toMatchFileSnapshot(`declared/${name}.txt`);
  });

  it('the order of the definitions: changes nothing', () => {
    expect(texts({}, [...FILES].reverse())).toEqual(texts());
  });

  it('only some messages: those, what answers them, and the types that they need', () => {
    const found = texts({ only: new Set(['thing_dump']) });
    expect(found['thing.d.ts']).toContain('thing_dump: DumpMessage<ThingDump, ThingDetails>;');
    expect(found['thing.d.ts']).not.toMatch(/ThingSet|ThingEvent/);
    expect(found['thing_types.d.ts']).not.toMatch(/Eid|Raw|Input\b/);
    expect(found['enums.ts']).not.toContain('EidType');
  });

  it('an event: brings the request that it is had by', () => {
    const found = texts({ only: new Set(['thing_event']) });
    expect(found['thing.d.ts']).toContain('thing_event: EventMessage<ThingEvent, WantThingEvents>;');
  });

  it('without comments: facts stay', () => {
    const found = texts({ comments: false })['thing.d.ts'];
    expect(found).not.toContain('Sets a thing');
    expect(found).toMatch(/@default true[\s\S]*@deprecated use thing_set_v2/);
  });

  it('a comment of the definitions: cannot end the one that it stands in', () => {
    const comments = texts()['thing.d.ts'].match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    expect(comments.find((each) => each.includes('Sets a thing'))).toContain('alert()');
  });

  it('two messages of which one has the name that a type has: each has its own', () => {
    const messages = [
      [
        'way',
        ['u16', '_vl_msg_id'],
        ['u32', 'client_index'],
        ['u32', 'context'],
        ['vl_api_way_t', 'way'],
        { crc: '0x1' },
      ],
    ];
    const file = { ...JSON.parse(FILES[1].text), messages, services: { way: { reply: 'null' } } };
    const [{ text }] = generate(modelOf([{ name: 'x.api.json', text: JSON.stringify(file) }])).files;
    expect(text).toMatch(/export type Way2Input = \{[\s\S]*export type Way = \{\n {2}way: Way2Input;\n\}/);
  });
});
