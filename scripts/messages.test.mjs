// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code in quotes
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogueFindings, textIn } from './messages.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'messages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function catalogues(english, others) {
  for (const [language, messages] of Object.entries({ en: english, ...others })) {
    mkdirSync(join(folder, language));
    writeFileSync(join(folder, language, 'home.json'), JSON.stringify(messages));
  }
  return catalogueFindings(folder);
}

test('text in an element, a spoken attribute or a notice is found; names of classes are not', () => {
  const code = `const A = () => <p className="big text" title="Hello"><b>Now</b>{'then'} · {t('later')}</p>; showToast('Saved');`;
  expect(textIn('a.tsx', code).map((finding) => /"(.*)"$/.exec(finding)[1])).toEqual(['Hello', 'Now', 'then', 'Saved']);
});

/** The texts that are found in a piece of code. */
const found = (code, file = 'a.tsx') => textIn(file, code).map((finding) => /of its own: "(.*)"$/.exec(finding)[1]);

test.each([
  ['<p aria-label={`Hello ${x}`} />', 'Hello {}'],
  ["<p title={a ? 'hello' : `bye ${x}`} />", 'hello', 'bye {}'],
  ['<p>{`hello ${x}`}</p>', 'hello {}'],
  ["<p>{a ? 'open' : b ?? 'closed'}</p>", 'open', 'closed'],
  ["<p>{a && 'open'}</p>", 'open'],
  ["<p>{'hello ' + name}</p>", 'hello '],
  ["<>{'x'}</>", 'x'],
  ["const label = 'Save it';", 'Save it'],
  ["const label = 'nothing was saved';", 'nothing was saved'],
  ["const choice = { label: 'open' };", 'open'],
  ["undoable({ text: 'gone' })", 'gone'],
  ['showToast(`saved ${n}`)', 'saved {}'],
  [
    "<Field legend='who' listLabel='people' more={'All'} error='wrong' emptyText='none' />",
    'who',
    'people',
    'All',
    'wrong',
    'none',
  ],
  ["usePageHead({ title: a ? 'hello' : b })", 'hello'],
  ["document.title = 'hello'", 'hello'],
  ["const texts = { open: 'Open', shut: ['Shut'] };", 'Open', 'Shut'],
])('hard-coded: %s', (code, ...texts) => {
  expect(found(code).map((text) => text.trim())).toEqual(texts.map((text) => text.trim()));
});

test('text is found outside of components too', () => {
  expect(found("export const stateOf = () => 'Not saved yet';", 'a.ts')).toEqual(['Not saved yet']);
});

test.each([
  "import { Page } from 'Some Where'; export { Row } from './Row.tsx';",
  "<Row className={a ? 'Big text here' : `Small ${b}`} to='/Work' d='M24 14h152' rel='noopener noreferrer' />",
  "const line = 'flex min-h-8 items-center'; const cover = `M${x} ${y}h4`; const zone = 'UTC';",
  "api('GET /auth/me'); const route = `PUT /me/${x}` as Route; const mark = 'Firefox/'; this.name = 'ApiError'; page('home-page', load, 'HomePage'); element.closest('label input'); useShortcut('g h', t('home'), go);",
  "if (event.key === 'Escape') stop(); switch (key) { case 'Enter': break; }",
  "throw new Error('Nothing is being rendered.'); type Size = 'Big one'; const size = x as 'Big one';",
  "t('Whatever it is'); t.rich('Whatever'); const jsonLd = { '@type': 'Person', 'Content Type': 1 };",
  "<Row title={t(a ? 'Open' : 'Closed')} label={kinds['Open']} text={a === 'Open' ? b : c} />",
  "const name = 'Collabthon'; const system = ['CrOS', 'ChromeOS'];",
])('not for readers: %s', (code) => {
  expect(found(code)).toEqual([]);
});

test('a list that is joined by a comma is found', () => {
  const joined =
    "const names = skills.map(({ name }) => name).join(', '); t('also', { names: names.join('، ') }); const facts = parts.join(' · ');";
  expect(textIn('a.ts', joined)).toEqual(Array(2).fill('a.ts:1 joins words by a comma'));
});

test('a language that says everything has no findings', () => {
  const english = { a: 'Hello {name}', b: '{n, plural, one {# seat} other {# seats}}' };
  const arabic = 'zero {ا} one {ب} two {ت} few {ث} many {ج} other {ح}';
  expect(
    catalogues(english, {
      es: { a: 'Hola {name}', b: '{n, plural, one {# plaza} other {# plazas}}' },
      hi: { a: 'नमस्ते {name}', b: '{n, plural, one {# सीट} other {# सीटें}}' },
      ar: { a: 'مرحبا {name}', b: `{n, plural, ${arabic}}` },
    }),
  ).toEqual([]);
});

test('a missing message, a surplus one, a lost argument, a lost plural form and English left over are found', () => {
  const english = {
    a: 'Hello {name}',
    b: '{n, plural, one {# seat} other {# seats}}',
    c: 'Nobody has asked for this yet',
  };
  const spanish = { a: 'Hola {name}', b: '{n, plural, one {# plaza} other {# plazas}}', c: 'Nadie lo pidió' };
  const findings = catalogues(english, {
    es: spanish,
    hi: { ...spanish, c: english.c, d: 'x' },
    ar: { a: 'مرحبا', b: '{n, plural, one {#} other {#}}' },
  });
  expect(findings).toContain('hi: home.d is not in English');
  expect(findings).toContain('hi: home.c is still in English');
  expect(findings).toContain('ar: home.a lacks {name}');
  expect(findings).toContain('ar: home.b lacks the plural form "few"');
  expect(findings).toContain('ar: home.c is missing');
  expect(findings.filter((finding) => finding.startsWith('es'))).toEqual([]);
});

test('a language may be one file', () => {
  writeFileSync(join(folder, 'en.json'), JSON.stringify({ mail: { greeting: 'Hello {name}' } }));
  for (const language of ['es', 'hi'])
    writeFileSync(join(folder, `${language}.json`), '{"mail":{"greeting":"{name}"}}');
  writeFileSync(join(folder, 'ar.json'), '{"mail":{"greeting":"مرحبا"}}');
  expect(catalogueFindings(folder)).toEqual(['ar: mail.greeting lacks {name}']);
});

test('a language whose files are not gathered as the English ones are is found', () => {
  const messages = { a: 'Collabthon' };
  for (const language of ['en', 'es', 'hi', 'ar']) {
    mkdirSync(join(folder, language));
    writeFileSync(join(folder, language, 'home.json'), JSON.stringify(messages));
    const comment = `/** The words in ${language}. */\n`;
    writeFileSync(
      join(folder, language, 'pages.ts'),
      `${comment}${language === 'hi' ? '' : "import home from './home.json';\n"}`,
    );
  }
  expect(catalogueFindings(folder)).toEqual(['hi: pages.ts gathers other messages than English']);
});
