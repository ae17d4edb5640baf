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
      join(folder, language, 'index.ts'),
      `${comment}${language === 'hi' ? '' : "import home from './home.json';\n"}`,
    );
  }
  expect(catalogueFindings(folder)).toEqual(['hi: index.ts gathers other messages than English']);
});
