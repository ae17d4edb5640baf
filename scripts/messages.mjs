/**
 * Holds the words of the product together: no text for readers stands in the web's code, and every language has every
 * message of the English catalogue, with the same arguments and with all the plural forms that its grammar asks for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { parseSync } from 'oxc-parser';

const languages = ['es', 'hi', 'ar'];
/** Attributes and properties that readers see or hear. */
const spokenNames =
  /^(title|alt|placeholder|label|heading|lead|eyebrow|summary|description|hint|text|aria-(label|description|roledescription|valuetext|placeholder))$/;
const letter = /\p{L}/u;

if (process.argv[1] === import.meta.filename) {
  const catalogues = ['web/src/messages', 'server/modules/accounts/messages', 'server/services/web/messages'];
  const findings = [...hardCodedText('web/src'), ...catalogues.flatMap(catalogueFindings)];
  for (const finding of findings) console.error(finding);
  console.log(findings.length === 0 ? 'All words are in the catalogues.' : `${findings.length} findings.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

/** Text in elements and in spoken attributes of every `.tsx` below a folder. */
export function hardCodedText(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.tsx'));
  return files.flatMap((file) => {
    const path = join(folder, file);
    return textIn(path, readFileSync(path, 'utf8'));
  });
}

export function textIn(path, code) {
  const { program } = parseSync(path, code);
  const findings = [];
  const tell = (node, text) => {
    if (!letter.test(text.replace(/https?:\/\/\S*/g, ''))) return;
    const line = code.slice(0, node.start).split('\n').length;
    findings.push(`${path}:${line} has text of its own: ${JSON.stringify(text.trim().slice(0, 60))}`);
  };
  const isText = (node) => node?.type === 'Literal' && typeof node.value === 'string';
  const visit = (node, parent) => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, parent);
      return;
    }
    if (!node || typeof node !== 'object' || typeof node.type !== 'string') return;
    if (node.type === 'JSXText') tell(node, node.value);
    if (node.type === 'JSXExpressionContainer' && parent?.type === 'JSXElement' && isText(node.expression)) {
      tell(node, node.expression.value);
    }
    if (node.type === 'JSXAttribute' && spokenNames.test(node.name.name)) {
      const value = node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
      if (isText(value)) tell(value, value.value);
    }
    if (node.type === 'CallExpression' && node.callee.name === 'showToast' && isText(node.arguments[0])) {
      tell(node, node.arguments[0].value);
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child, node);
  };
  visit(program, null);
  return findings;
}

/** What the languages lack, have too much of, or say with other arguments than English. */
export function catalogueFindings(folder) {
  const english = readCatalogue(folder, 'en');
  return languages.flatMap((language) => {
    const translated = readCatalogue(folder, language);
    const categories = new Intl.PluralRules(language)
      .resolvedOptions()
      // Spanish has a form for millions, which no count here reaches.
      .pluralCategories.filter((category) => !(language === 'es' && category === 'many'));
    const missing = [...english.keys()].filter((key) => !translated.has(key));
    const surplus = [...translated.keys()].filter((key) => !english.has(key));
    return [
      ...missing.map((key) => `${language}: ${key} is missing`),
      ...surplus.map((key) => `${language}: ${key} is not in English`),
      ...[...translated].flatMap(([key, message]) =>
        english.has(key)
          ? compare(english.get(key), message, categories).map((finding) => `${language}: ${key} ${finding}`)
          : [],
      ),
      ...unlikeIndexes(folder, language),
    ];
  });
}

/** The modules that gather the files of a language gather the same ones, under the same names, as in English. */
function unlikeIndexes(folder, language) {
  const codeOf = (path) => readFileSync(path, 'utf8').replace(/^\/\*[\s\S]*?\*\/\s*/, '');
  const indexes = existsSync(join(folder, 'en'))
    ? readdirSync(join(folder, 'en')).filter((name) => name.endsWith('.ts'))
    : [];
  return indexes
    .filter((name) => {
      const path = join(folder, language, name);
      return !existsSync(path) || codeOf(path) !== codeOf(join(folder, 'en', name));
    })
    .map((name) => `${language}: ${name} gathers other messages than English`);
}

/** Every message by its whole key, `home.headline`: of `en.json`, or of the files in `en/`, which are named by the first part. */
function readCatalogue(folder, language) {
  const messages = new Map();
  const add = (path, value) => {
    if (typeof value === 'string') messages.set(path.join('.'), value);
    else for (const [key, inner] of Object.entries(value)) add([...path, key], inner);
  };
  const read = (...file) => JSON.parse(readFileSync(join(folder, ...file), 'utf8'));
  if (existsSync(join(folder, `${language}.json`))) add([], read(`${language}.json`));
  else if (existsSync(join(folder, language))) {
    const files = readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'));
    for (const file of files) add([file.replace('.json', '')], read(language, file));
  }
  return messages;
}

function compare(english, translated, categories) {
  const wanted = shapeOf(english);
  let found;
  try {
    found = shapeOf(translated);
  } catch (error) {
    return [`cannot be read: ${error.message}`];
  }
  const words = english.match(/\p{L}+/gu) ?? [];
  return [
    ...[...wanted.names].filter((name) => !found.names.has(name)).map((name) => `lacks {${name}}`),
    ...[...found.names].filter((name) => !wanted.names.has(name)).map((name) => `has {${name}}, which English has not`),
    ...found.plurals.flatMap((forms) =>
      categories
        .filter((category) => !forms.includes(category) && !(category === 'zero' && forms.includes('=0')))
        .map((category) => `lacks the plural form "${category}"`),
    ),
    ...[...wanted.selects].flatMap(([name, cases]) =>
      cases
        .filter((each) => !found.selects.get(name)?.includes(each))
        .map((each) => `lacks the case ${each} of {${name}}`),
    ),
    ...(english === translated && words.length > 3 ? ['is still in English'] : []),
  ];
}

/** Names of arguments and tags, the forms of each plural, and the cases of each select. */
function shapeOf(message) {
  const shape = { names: new Set(), plurals: [], selects: new Map() };
  const visit = (nodes) => {
    for (const node of nodes) {
      if (node.type === TYPE.literal || node.type === TYPE.pound) continue;
      shape.names.add(node.value);
      const cases = Object.keys(node.options ?? {});
      if (node.type === TYPE.plural) shape.plurals.push(cases);
      if (node.type === TYPE.select) shape.selects.set(node.value, cases);
      if (node.type === TYPE.tag) visit(node.children);
      else for (const { value } of Object.values(node.options ?? {})) visit(value);
    }
  };
  visit(parse(message));
  return shape;
}
