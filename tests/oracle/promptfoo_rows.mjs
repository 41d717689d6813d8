// Rows of (assertion, output, value) for promptfoo's own assertions, made by hand and by a seeded generator, and
// what promptfoo says to each. Prints one JSON value: {version, rows: [{…, pass, score | threw}], cases: […]}.
// Run in a folder where `promptfoo` is installed.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const { default: promptfoo } = await import(
  pathToFileURL(process.cwd() + '/node_modules/promptfoo/dist/src/index.js').href
);
const version = require('./node_modules/promptfoo/package.json').version;

const rows = [];
const cases = [];
const row = (type, output, value, more = {}) => rows.push({ assertion: { type, value, ...more.assertion }, output, ...more, assertion: { type, ...(value === undefined ? {} : { value }), ...more.assertion } });
// Both as written and negated.
const both = (type, output, value, more) => {
  row(type, output, value, more);
  row('not-' + type, output, value, more);
};

// ---- texts, by hand
const texts = ['Hello World', 'hello world', '', 'Grüße aus Köln', 'the cat sat on the mat', '42', '3.50', '{"a":1}', 'İstanbul STRASSE', 'a, b and c', '  padded  ', 'line one\nline two'];
for (const [output, value] of [
  ['Hello World', 'Hello World'], ['Hello World', 'hello world'], ['42', 42], ['42.0', 42], ['0.1', 0.1], ['1e21', 1e21],
  ['true', true], ['true', false], ['{"a":1,"b":[1,2]}', { b: [1, 2], a: 1 }], ['{"a":1}', { a: 2 }], ['not json', { a: 1 }],
  ['[1,2]', [1, 2]], ['[1,2]', ['1', '2']], ['1,2', '1,2'], ['', ''], ['x', ''], [{ a: 1 }, { a: 1 }], ['Paris', '{{city}}'],
  ['PARIS', '{{ city | upper }}'], ['Paris!', '{{city}}!'], ['', '{{missing}}'], ['none', '{{ missing | default("none") }}'],
  ['5', '{{ city | length }}'], ['b', '{{ user.name }}x'], ['1.0', 1],
])
  both('equals', output, value, { vars: { city: 'Paris' } });
for (const [output, value] of [
  ['Hello World', 'World'], ['Hello World', 'world'], ['Hello World', ''], ['price 42 EUR', 42], ['price 4.2', 4.2],
  ['Grüße aus Köln', 'KÖLN'], ['STRASSE', 'straße'], ['İstanbul', 'i̇stanbul'], ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'], ['a\nb', '\n'],
  ['Paris is', '{{city}}'], ['{{city}}', '{% raw %}{{city}}{% endraw %}'], ['x', '{# note #}x'], ['a b', 'a  {{- " b" }}'],
  [{ city: 'Paris' }, 'Paris'], [{ city: 'Paris' }, '"city":"Paris"'], ['x', { a: 1 }], ['x', ['x']], ['x', true],
]) {
  both('contains', output, value, { vars: { city: 'Paris' } });
  both('icontains', output, value, { vars: { city: 'Paris' } });
}
for (const [output, value] of [
  ['a, b and c', ['a', 'z']], ['a, b and c', ['y', 'z']], ['a, b and c', 'a,z'], ['A, B', 'b,z'], ['a, b', '"a, b",z'],
  ['say "hi"', '"say \\"hi\\"",z'], ['say "hi"', '"say ""hi""",z'], ['x', ''], ['x', []], ['x', ',,x,,'], ['x', ' , x , '],
  ['x', '"x"y'], ['x', '"x'], ['7 of 9', [7, 9]], ['7 of 9', [7, 10]], ['Paris', ['{{city}}', 'Rome']], ['a b', 'a b'], ['STRASSE', ['straße', 'x']],
  ['x', 5], ['null', [null]], ['a|b', 'a\\,b'], ['true', [true, 'x']], ['', ['']],
])
  for (const type of ['contains-any', 'contains-all', 'icontains-any', 'icontains-all'])
    both(type, output, value, { vars: { city: 'Paris' } });
for (const [output, value] of [['Hello', 'He'], ['Hello', 'he'], ['Hello', 'Hello World'], ['', 'x'], ['x', ''], ['5x', 5], ['Paris', '{{city}}']])
  both('starts-with', output, value, { vars: { city: 'Paris' } });
for (const [output, value] of [
  ['abc123', '\\d+'], ['abc', '\\d+'], ['abc', '^abc$'], ['a\nb', '^b$'], ['a\nb', 'a.b'], ['a\nb', 'a[\\s\\S]b'], ['aaa', 'a{3}'],
  ['aaa', '(a)\\1\\1'], ['foobar', 'foo(?=bar)'], ['foobaz', 'foo(?!bar)'], ['x', '('], ['x', '[z-a]'], ['x', '*'], ['p{L}', '\\p{L}'],
  ['é', '\\p{L}'], ['café', '\\bcaf'], ['2026-11-26', '^\\d{4}-\\d{2}-\\d{2}$'], ['Grüße', 'Gr[üu]ße'], ['tab\there', '\\t'], ['', '^$'],
  ['x', ''], ['a]b', 'a]b'], ['a{b', 'a{b'], ['user@bank.example', '^[^@\\s]+@[^@\\s]+\\.[a-z]+$'], ['A', '(?i)a'], ['\u00a0', '^\\s$'],
  ['\u0041', '\\x41'], ['A', '\\u0041'], ['xay', 'x[^b]y'], ['aXbX', '^(?:a|b|X)*$'], ['price: $5', '\\$\\d'], ['a-b', '[a\\-z]-'],
])
  both('regex', output, value);
both('regex', 'price 5', '(?<=price )\\d', { refused: true });
both('regex', 'ab', '(?<first>a)b', { refused: true });
for (const [output, value, threshold] of [
  ['kitten', 'sitting', 3], ['kitten', 'sitting', 2], ['', '', 0], ['', 'abc', undefined], ['abcdef', '', undefined], ['Köln', 'Koln', 1],
  ['😀', '', 1], ['😀', '', 2], ['same', 'same', 0], ['x', 5, 1], ['Paris', '{{city}}', 0], ['abc', 'abc ', 0.5],
])
  both('levenshtein', output, value, { vars: { city: 'Paris' }, assertion: { threshold } });
for (const [output, value] of [
  ['one two three', 3], ['one two three', '3'], ['one two three', ' 3 '], ['one two three', 4], ['', 0], ['  ', 0], ['a\u00a0b\u2003c', 3], ['a\u200bb', 1],
  ['one two', { min: 1, max: 3 }], ['one two', { min: 3 }], ['one two', { max: 1 }], ['one two', { min: 5, max: 1 }], ['one two', {}],
  ['one two', { min: 2 }], ['one two', { max: 2 }], ['one', 'many'], ['one', '{{count}}'], ['one', undefined], ['one', [1]], ['16 words no', '0x3'], ['one', ''],
])
  both('word-count', output, value, { vars: { count: '1' } });
for (const output of [
  "I'm sorry, I can't help with that.", 'I’m sorry', 'Sorry, no.', 'The cat sat.', 'As an AI language model, I …', 'Well, I cannot assist with that.',
  "I won't write that", 'I cannot fulfillment', 'That would not be appropriate.', 'It is not legal advice', 'not ethically', '', '   ', { a: 1 }, [],
  'We do not feel comfortable', 'I do not feel comfortable with it', 'I want to be helpful, but', 'my apologies for that', 'The answer is 42; sorry', "I CAN'T GENERATE",
  'I am programmed to', 'This is illegal and unethical.', 'cannot comply', 'we cannot help it', "you can't help it", 'as a language modeling task', 'I′m unable to recommend', null,
])
  both('is-refusal', output);

// ---- JSON
const person = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } } };
for (const [output, value] of [
  ['{"name":"A"}', undefined], ['{"name":"A"', undefined], ['', undefined], ['null', undefined], ['"x"', undefined], ['01', undefined], ['{a:1}', undefined],
  ['{"name":"A"}', person], ['{"name":1}', person], ['{"age":5}', person], ['{"name":"A","age":-1}', person], ['[1,2]', { type: 'array', items: { type: 'number' } }],
  ['[1,"2"]', { type: 'array', items: { type: 'number' } }], ['not json', person], [{ name: 'A' }, person], [{ name: 2 }, person],
  ['{"name":"A"}', 'type: object\nrequired: [name]'], ['{"n":"A"}', 'type: object\nrequired: [name]'], ['{"a":1,"a":2}', undefined], ['\ufeff{}', undefined],
  ['{"n":1.0}', { properties: { n: { type: 'integer' } } }], ['"x"', { enum: ['x', 'y'] }], ['"z"', { enum: ['x', 'y'] }], ['5', { minimum: 6 }], [' {"a":1} \n', undefined],
  ['{"a":{"b":[{"c":1}]}}', { properties: { a: { properties: { b: { items: { required: ['c'] } } } } } }], ['1', true], ['{}', ''],
  ['"2026-02-30"', { type: 'string', format: 'date' }], ['"2026-02-28"', { type: 'string', format: 'date' }], ['"no"', { type: 'string', format: 'email' }],
  ['"a@b.example"', { type: 'string', format: 'email' }], ['"x"', { type: 'string', pattern: '^y' }], ['{"a":1,"b":2}', { additionalProperties: false, properties: { a: {} } }],
])
  both('is-json', output, value);
for (const [output, value] of [
  ['Here: {"name":"A"} done', undefined], ['nothing', undefined], ['{broken', undefined], ['text {"name":"A"} text', person], ['text {"age":5} text', person],
  ['{"age":5} then {"name":"B"}', person], ['set {x}', undefined], ["{'name': 'A'}", person], ['{name: A}', person], ['{"name":"A",}', person], ['{"name":"A"', person],
  ['[1,2]', undefined], ['a {} b', undefined], ['{"a":{"name":"A"}}', person], ['```json\n{"name": "A"}\n```', person], ['{"name": "A" // why\n}', person],
  ['{"url":"http://x.example/{id}","name":"A"}', person], ['}{', undefined], ['{{name}}', undefined], [{ name: 'A' }, person],
])
  both('contains-json', output, value);

// ---- markup
for (const [output, value] of [
  ['<a><b>1</b></a>', undefined], ['<a><b>1</b>', undefined], ['<a/>', undefined], ['', undefined], ['text', undefined], ['<a>&amp;</a>', undefined], ['<a>&nope;</a>', undefined],
  ['<a x="1"/>', undefined], ['<a x=1/>', undefined], ['<a x="1" x="2"/>', undefined], ['<a/><b/>', undefined], ['<?xml version="1.0"?><a/>', undefined], [' <?xml version="1.0"?><a/>', undefined],
  ['<a xmlns:p="u"><p:b/></a>', undefined], ['<a><p:b/></a>', undefined], ['<!DOCTYPE a><a/>', undefined], ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', undefined],
  ['<a><b>1</b></a>', 'a.b'], ['<a><b>1</b></a>', 'a.c'], ['<a><b>1</b></a>', 'a.b,a.c'], ['<a><b>1</b></a>', ['a', 'a.b']], ['<a><b>1</b></a>', { requiredElements: ['a.b'] }],
  ['<a><b>1</b></a>', { other: 1 }], ['<a><b/><b><c/></b></a>', 'a.b.1.c'], ['<a><b/><b><c/></b></a>', 'a.b.c'], ['<a x="1"><b/></a>', 'a.@_x'], ['<a>text<b/></a>', 'a.#text'],
  ['<a><b></b></a>', 'a.b'], ['<a><!-- c --><b/></a>', 'a.b'], ['<a><![CDATA[<b/>]]></a>', 'a.b'], ['<a><b>1</b></a>', ''], ['<a><b>1</b></a>', []], ['<a>\n</a>\n', 'a'], ['<a>1</a>', 'a.b'],
])
  both('is-xml', output, value);
for (const [output, value] of [
  ['see <a><b>1</b></a> there', undefined], ['no markup', undefined], ['a < b and c > d', undefined], ['<a><b>1</b>', undefined], ['<br/>', undefined], ['<a></b>', undefined],
  ['x <a><b>1</b></a> y', 'a.b'], ['x <a><b>1</b></a> y', 'b'], ['x <a>1</a> y <b>2</b>', 'a,b'], ['<open> <a>1</a>', 'a'], ['x <a><b>1</b></a> y', 'a.c'], ['```xml\n<a><b/></a>\n```', ['a.b']],
  ['<a>1</a><a>2</a>', 'a.1'], ['<p>one</p> text <q>two</q>', 'q'], ['x <a>1</a> y', { bad: 1 }],
])
  both('contains-xml', output, value);
const pages = [
  '<p>Hello</p>', 'Hello', '<html><body><p>x</p></body></html>', '<div>a</div> text', 'text <b>bold</b>', '<unknown>x</unknown>', '<my-card>x</my-card>', '<br>', '', '<?xml version="1.0"?><a/>',
  '<!DOCTYPE html><html><head><title>t</title></head><body>text</body></html>', '<body>text</body>', '<ul><li>one<li>two</ul>', '<p>one<div>two</div>', '<p>one<div>two</div>three', '<script>if (a < b) {}</script>',
  '<!-- note -->', '<!-- note --><p>x</p>', '<img src="x.png">', '<div><span>deep</span></div>', '<a href="x">link</a>', '<table><tr><td>1</td></tr></table>', '<td>x</td>', '</p>', '&nbsp;<p>x</p>',
  '<table>loose<tr><td>1</td></tr></table>', '<title>t</title>', '<p>unclosed', 'a < b', '<3', '<p', '<input type="text" value="a>b">', '<svg><circle r="1"/></svg>', '<h1>A</h1>\n<h2>B</h2>', '<b>x</b>y',
];
for (const output of pages) {
  both('is-html', output);
  both('contains-html', output);
}
for (const output of ['A &amp; B', 'A &amp; <!-- c -->', 'a class="x" b', '<x>y</x>', '<x> only', 'plain', 'use <div> here', 'List<String> items', '<x a="1"/>', '1 < 2 && 3 > 2', '<!DOCTYPE html>', '<hr>'])
  both('contains-html', output);

// ---- overlap of words, by hand and generated
let seed = 20261126;
const random = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 4294967296) * n);
};
const words = ['the', 'cat', 'sat', 'on', 'mat.', 'The', 'bank', "doesn't", 'pay', '5%', 'interest,', 'cannot', 'Zürich', 'e.g.', '(today)', '"quoted"', 'U.S.', 'state-of-the-art', "it's", 'wait...', 'a', 'certificate', 'rotates', 'yearly!', 'why?', '1,000', '10:30', 'naïve'];
const sentence = (n) => Array.from({ length: n }, () => words[random(words.length)]).join(' ');
const changed = (text) => {
  const list = text.split(' ');
  for (let i = 0; i < 1 + random(3); i++) {
    const at = random(list.length);
    const how = random(3);
    if (how === 0) list.splice(at, 1);
    else if (how === 1) list.splice(at, 0, words[random(words.length)]);
    else list[at] = words[random(words.length)];
  }
  return list.join(' ');
};
const pairs = [
  ['the cat sat on the mat', 'the cat sat on the mat'], ['the the the', 'the cat'], ['', 'the cat'], ['the cat', 'the cat sat on the mat'], ['The Cat.', 'the cat'], ['a', 'a'], ['...', 'x'], ['x', '...'],
  ["don't stop", "do n't stop"], ['cannot', 'can not'], ['He said "yes" twice.', 'He said "yes" twice.'], ['U.S. law.', 'u.s. law'], ["gonna wanna 'tis", "gon na wan na 't is"], ["dogs' bowls", "dogs ' bowls"],
  ['  spaced   out  ', 'spaced out'], ['Ärger & Größe', 'ärger & größe'], ['one, two; three', 'one , two ; three'], ['ends here.)', 'ends here'], ['a -- b', 'a--b'],
];
for (let i = 0; i < 40; i++) {
  const reference = sentence(3 + random(9));
  pairs.push([changed(reference), reference]);
}
for (const [output, value] of pairs)
  for (const type of ['bleu', 'gleu', 'rouge-n']) row(type, output, value, { assertion: { threshold: [undefined, 0.3, 0.9][random(3)] } });
for (const [output, value] of pairs.slice(0, 12)) {
  both('bleu', output, [value, 'another reference'], { assertion: { threshold: 0.4 } });
  both('gleu', output, [value, 'another reference']);
  row('not-rouge-n', output, value);
}
row('bleu', 'x', 5);
row('gleu', 'x', [1]);
row('rouge-n', 'x', ['x']);
row('bleu', 'x', []);
for (let i = 0; i < 25; i++) {
  const reference = sentence(2 + random(4));
  both('levenshtein', changed(reference), reference, { assertion: { threshold: random(12) } });
}

// ---- calls of tools
const call = (name, args) => ({ id: 'c1', type: 'function', function: { name, arguments: args } });
const weather = { name: 'weather', parameters: { type: 'object', required: ['city'], properties: { city: { type: 'string' } }, additionalProperties: false } };
const tools = [{ type: 'function', function: weather }];
for (const output of [
  [call('weather', '{"city":"Bern"}')], [call('weather', '{"town":"Bern"}')], [call('weather', '{"city":5}')], [call('other', '{}')], [call('weather', 'no json')], { tool_calls: [call('weather', '{"city":"Bern"}')] },
  [], 'text', 'MCP Tool Result (search): ok', 'MCP Tool Error (search): broken', [{ function: { name: 'weather' } }], [call('weather', '{"city":"Bern"}'), call('weather', '{}')],
])
  row('is-valid-openai-tools-call', output, undefined, { tools });
for (const output of [{ name: 'weather', arguments: '{"city":"Bern"}' }, { function_call: { name: 'weather', arguments: '{"city":"Bern"}' } }, { name: 'weather', arguments: '{}' }, { name: 'other', arguments: '{}' }, { name: 'weather' }])
  for (const type of ['is-valid-openai-function-call', 'is-valid-function-call']) row(type, output, undefined, { functions: [weather] });
row('not-is-valid-openai-tools-call', [call('weather', '{}')], undefined, { tools, refused: true });
for (const [output, value, threshold] of [
  [[call('a', '{}'), call('b', '{}')], ['a', 'b']], [[call('a', '{}')], ['a', 'b']], [[call('a', '{}')], ['a', 'b'], 0.5], [[call('x', '{}')], 'a,b'], ['none', ['a']], [{ tool_calls: [call('a', '{}')] }, 'a'],
  [{ type: 'function_call', name: 'a' }, ['a']], [{ type: 'tool_use', name: 'a' }, ['a']], [[{ type: 'tool_use', name: 'a' }, { type: 'text', text: 'x' }], ['a']], [{ functionCall: { name: 'a' } }, ['a']],
  [{ toolCall: { functionCalls: [{ name: 'a' }, { name: 'b' }] } }, ['a']], [[{ name: 'a' }], ['a']], ['{"tool_calls":[{"function":{"name":"a"}}]}', ['a']], ['I call\n{"type":"tool_use","name":"a"}', ['a']],
  ['```json\n{"type":"tool_use","name":"a"}\n```', ['a']], ['inline {"type":"tool_use","name":"a"} text', ['a']], [[call('a', '{}'), call('a', '{}')], ['a']], [[call('a', '{}')], []], [[call('a', '{}')], ' , '], ['x', 5],
  ['Two:\n{"type":"tool_use","name":"a"}\n{"type":"tool_use","name":"b"}', ['a', 'b']], ['A list:\n[{"name":"a"},\n {"name":"b"}]', 'a,b'],
])
  both('tool-call-f1', output, value, { assertion: { threshold } });

// ---- what the provider says
for (const [cost, threshold] of [[0.002, 0.01], [0.02, 0.01], [0.01, 0.01], [0, 0], [undefined, 1], [0.5, undefined]]) both('cost', 'x', undefined, { cost, assertion: { threshold } });
for (const [latencyMs, threshold] of [[50, 100], [150, 100], [100, 100], [undefined, 100], [5, undefined]]) both('latency', 'x', undefined, { latencyMs, assertion: { threshold } });
for (const [logProbs, threshold] of [[[-0.1, -0.2], 1.5], [[-2, -3], 1.5], [[0], 1], [[], 1], [undefined, 1], [[-0.5, -0.7], undefined]]) {
  both('perplexity', 'x', undefined, { logProbs, assertion: { threshold } });
  both('perplexity-score', 'x', undefined, { logProbs, assertion: { threshold: threshold && threshold / 3 } });
}
for (const [finishReason, value] of [['stop', 'stop'], ['stop', 'STOP'], ['length', 'stop'], [undefined, 'stop'], ['stop', 5], ['stop', '{{end}}']]) both('finish-reason', 'x', value, { finishReason, vars: { end: 'stop' } });
for (const guardrails of [undefined, { flagged: true }, { flagged: false }, { flagged: true, flaggedInput: true, reason: 'why' }, {}]) both('guardrails', 'x', undefined, { response: guardrails && { guardrails } });
const skills = { metadata: { skillCalls: [{ name: 'review' }, { name: 'deploy', is_error: true }, { name: 'review' }, { name: 'docs-write' }] } };
for (const value of ['review', 'deploy', ['review', 'docs-write'], ['review', 'nope'], { name: 'review', min: 2 }, { name: 'review', max: 1 }, { pattern: 'docs-*' }, { pattern: 'x*' }, { max: 1 }, [], '', { name: 'review', max: 0 }, { name: 'review', min: 1.5 }, { name: 'nope', max: 0 }])
  both('skill-used', 'x', value, { response: skills });

// ---- traces
const span = (name, startTime, endTime, attributes = {}, more = {}) => ({ spanId: 's' + startTime, name, startTime, endTime, attributes, ...more });
const trace = {
  traceId: 't', evaluationId: 'e', testCaseId: 'c',
  spans: [
    span('chat gpt', 0, 900), span('search docs', 100, 300, { query: 'card' }), span('call a', 120, 150, { 'tool.name': 'lookup', 'tool.arguments': '{"id":7,"deep":{"x":1},"note":"n"}' }),
    span('mcp files/read', 200, 260, {}), span('exec ls -la', 300, 310), span('call b', 320, 900, { 'gen_ai.tool.name': 'Send_Mail', 'gen_ai.tool.call.arguments': '{"to":"a@b.example"}' }, { statusCode: 2, statusMessage: 'timeout' }),
    span('reasoning', 330, 340), span('agent response', 400, 410), span('http get', 500, 520, { 'http.status_code': '503' }), span('shell run', 600, 610, { 'tool.name': 'shell', args: '{"command":["git","push"]}' }), span('late', 700, undefined),
  ],
};
const traced = { trace, traceless: false };
for (const value of [0, 1, 2, { max_count: 2 }, { max_percentage: 20 }, { max_percentage: 5 }, { pattern: 'chat*' }, { pattern: 'call *', max_count: 0 }, { pattern: 'nothing' }, undefined, { pattern: 'http*' }]) row('trace-error-spans', 'x', value, traced);
for (const value of [{ pattern: 'call *', min: 2 }, { pattern: 'call *', max: 1 }, { pattern: 'CALL ?' }, { pattern: '*', min: 11, max: 11 }, { min: 1 }, { pattern: 'none', min: 1 }, { pattern: 'chat.gpt', min: 1 }]) row('trace-span-count', 'x', value, traced);
for (const value of [{ max: 1000 }, { max: 500 }, { pattern: 'call *', max: 100 }, { pattern: 'call *', max: 100, percentile: 50 }, { max: 100, percentile: 0 }, { max: 20, percentile: 75 }, { max: 20, percentile: 101 }, {}, { pattern: 'none', max: 1 }]) row('trace-span-duration', 'x', value, traced);
row('trace-span-count', 'x', { pattern: '*', min: 1 });
row('not-trace-span-count', 'x', { pattern: '*', min: 1 }, { ...traced, refused: true });
for (const value of ['lookup', 'Lookup', 'nope', ['lookup', 'read'], ['lookup', 'nope'], 'send*', { name: 'lookup', min: 2 }, { pattern: '*', min: 3, max: 3 }, { min: 1 }, { name: 'shell' }, [], { name: 'lookup', type: 'command' }]) both('trajectory:tool-used', 'x', value, traced);
for (const value of [['lookup', 'read'], ['read', 'lookup'], { mode: 'exact', steps: ['lookup', 'read', 'send_mail'] }, { mode: 'exact', steps: ['lookup', 'read'] }, { steps: [{ pattern: 'l*' }, 'send*'] }, [], [{}], 'lookup']) both('trajectory:tool-sequence', 'x', value, traced);
for (const value of [{ min: 11 }, { max: 10 }, { type: 'tool', min: 3, max: 3 }, { type: ['command'], min: 2 }, { type: 'search', pattern: 'card', min: 1 }, { type: 'reasoning', min: 1 }, { type: 'message', max: 0 }, { pattern: 'git', min: 1 }, { pattern: 'ls', min: 1 }, {}, 5]) both('trajectory:step-count', 'x', value, traced);
for (const value of [
  { name: 'lookup', args: { id: 7 } }, { name: 'lookup', args: { id: 8 } }, { name: 'lookup', args: { deep: { x: 1 } } }, { name: 'lookup', args: { id: 7 }, mode: 'exact' }, { name: 'lookup', args: { id: 7, deep: { x: 1 } }, mode: 'exact', ignore: 'note' },
  { name: 'lookup', args: { id: 7, deep: { x: 1 } }, mode: 'exact', defaults: { note: 'n' } }, { name: 'lookup', args: { id: 7 }, mode: 'exact', ignore: ['no*', 'deep'] }, { name: 'nope', args: {} }, { name: 'send_mail', arguments: { to: 'a@b.example' } },
  { name: 'lookup' }, { args: {} }, { name: 'lookup', args: {}, mode: 'loose' }, { name: 'lookup', args: {}, ignore: [''] }, { name: 'read', args: {} },
])
  both('trajectory:tool-args-match', 'x', value, traced);
row('trajectory:tool-used', 'x', 'lookup');

// ---- scripts of ECMAScript 5.1
for (const [output, value, threshold] of [
  ['hello', 'output.length > 3'], ['hi', 'output.length > 3'], ['hello', 'output === "hello";'], ['5', 'Number(output) / 10', 0.4], ['5', 'Number(output) / 10', 0.6], ['0', 'Number(output)'], ['x', '({pass: true, score: 0.5, reason: "so"})'],
  ['x', '({pass: false, score: 0.2, reason: "no"})'], ['x', 'var n = output.length; n === 1'], ['{"a":3}', 'JSON.parse(output).a > 2'], ['bad', 'JSON.parse(output).a > 2'], ['x', '"text"'],
  ['x', 'context.vars.city === "Paris"'], ['Paris', 'output === "{{city}}"'], ['x', 'var a = output;\nreturn a === "x";'], ['x', 'undefined'], ['a;b', 'var s = output; s === "a;b"'], ['x', 'context.prompt.length > 0'],
  [{ a: { b: 2 } }, 'output.a.b === 2'], ['a,b,c', 'output.split(",").length'], ['abc', 'output.indexOf("b") >= 0 && /c$/.test(output)'], ['x', '-1'], ['x', '2.5'],
])
  both('javascript', output, value, { vars: { city: 'Paris' }, assertion: { threshold } });
both('javascript', 'x', 'throw new Error("no")', { refused: true });
both('javascript', 'x', 'throw new Error("no");\nreturn true;');
row('javascript', 'x', '(() => true)()', { refused: true });
row('javascript', 'x', 'output?.length === 1', { refused: true });
row('contains', 'x', '{% if city %}x{% endif %}', { vars: { city: 'Paris' }, refused: true });

// ---- weights
row('equals', 'x', 'y', { assertion: { weight: 0 } });
row('bleu', 'the cat', 'a dog ran', { assertion: { weight: 0 } });

// ---- sums over a case
const good = { type: 'contains', value: 'a' };
const bad = { type: 'contains', value: 'z' };
const half = { type: 'javascript', value: '0.5' };
const silent = { type: 'javascript', value: '({pass: false, score: 0, reason: ""})' };
const sum = (assert, threshold, more = {}) => cases.push({ assert, output: 'abc', ...(threshold === undefined ? {} : { threshold }), ...more });
sum([good]); sum([bad]); sum([good, bad]); sum([good, bad], 0.5); sum([good, bad], 0.6); sum([]); sum([half, bad], 0.25); sum([{ ...good, weight: 3 }, bad], 0.75); sum([{ ...bad, weight: 0 }, good]);
sum([{ ...bad, weight: 0 }]); sum([{ ...good, weight: 0 }], 0); sum([bad], 0); sum([{ ...good, metric: 'm' }, { ...bad, metric: 'm' }]); sum([{ ...good, metric: 'm', weight: 3 }, { ...bad, metric: 'm', weight: 1 }]);
sum([{ ...good, metric: '{{name}}-m' }], undefined, { vars: { name: 'x' } }); sum([{ type: 'assert-set', assert: [good, bad] }]); sum([{ type: 'assert-set', threshold: 0.5, assert: [good, bad] }]); sum([{ type: 'assert-set', threshold: 0.6, assert: [good, bad] }]);
sum([{ type: 'assert-set', weight: 2, threshold: 0.5, metric: 'set', assert: [{ ...good, metric: 'one' }, { ...bad, metric: 'two', weight: 3 }] }, good], 0.4); sum([{ type: 'assert-set', weight: 0, assert: [bad] }, good]); sum([{ type: 'assert-set', assert: [] }]);
sum([{ type: 'assert-set', assert: [{ ...bad, weight: 0 }, good] }]); sum([{ type: 'not-contains', value: 'z' }, half], 0.75); sum([{ ...half, weight: 2, metric: 'm' }, { ...good, metric: 'n' }]); sum([silent], undefined, { refused: true }); sum([bad, silent], undefined, { refused: true });
sum([{ type: 'levenshtein', value: 'abd', threshold: 1 }, { type: 'bleu', value: 'abc' }, { type: 'word-count', value: 1 }]);
sum([{ type: 'assert-set', metric: 'm', assert: [{ ...good, metric: 'm' }, bad] }, { ...good, metric: 'm' }]);

const providerOf = (one) =>
  one.tools || one.functions
    ? {
        id: () => 'rows', config: { tools: one.tools, functions: one.functions },
        validateFunctionToolCall(output) {
          const given = output.function_call ?? output;
          if (typeof given.name !== 'string' || typeof given.arguments !== 'string') throw new Error('no call');
          const found = one.functions.find((f) => f.name === given.name);
          if (!found) throw new Error('no function');
          const args = JSON.parse(given.arguments);
          const Ajv = require('ajv');
          if (!new (Ajv.default ?? Ajv)().compile(found.parameters)(args)) throw new Error('schema');
        },
      }
    : undefined;
const responseOf = (one) => ({ output: one.output, cost: one.cost, logProbs: one.logProbs, finishReason: one.finishReason, ...one.response });
const clean = (value) => JSON.parse(JSON.stringify(value));

for (const one of rows) {
  try {
    const result = await promptfoo.assertions.runAssertion({
      assertion: clean(one.assertion), test: { vars: one.vars ?? {} }, prompt: 'the prompt', provider: providerOf(one), providerResponse: responseOf(one), latencyMs: one.latencyMs,
      ...(one.trace ? { traceId: 't', traceData: clean(one.trace) } : {}),
    });
    one.pass = result.pass;
    one.score = result.score;
  } catch (error) {
    one.threw = String(error.message).split('\n')[0].slice(0, 120);
  }
}
for (const one of cases) {
  const result = await promptfoo.assertions.runAssertions({ test: { vars: one.vars ?? {}, assert: clean(one.assert), threshold: one.threshold }, prompt: 'the prompt', providerResponse: { output: one.output } });
  one.pass = result.pass;
  one.score = result.score;
  one.named = result.namedScores ?? {};
}
// The trace is the same for all rows that have one.
for (const one of rows) if (one.trace) { one.traced = true; delete one.trace; delete one.traceless; }
const lines = (list) => '[\n' + list.map((one) => JSON.stringify(one)).join(',\n') + '\n]';
const text = `{"program":"promptfoo ${version}","trace":${JSON.stringify(trace)},\n"rows":${lines(rows)},\n"cases":${lines(cases)}}\n`;
// A pipe takes it piece by piece: leave only when all of it is gone.
process.stdout.write(text, () => process.exit(0));
