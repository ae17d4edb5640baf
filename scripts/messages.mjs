/**
 * Holds the words of the product together: no text for readers stands in the web's code, and every language has every
 * message of the English catalogue, with the same arguments and with all the plural forms that its grammar asks for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { parseSync } from 'oxc-parser';

const languages = ['es', 'hi', 'ar'];
/** Attributes, properties and constants that readers see or hear. */
const spokenNames =
  /^(title|alt|placeholder|label|listLabel|legend|heading|lead|eyebrow|summary|description|hint|error|text|emptyText|aria-(label|description|roledescription|valuetext|placeholder))$/;
/** What these are given speaks to the browser, to the router or to who develops. */
const mute = {
  attributes: /^(className|d|to|rel|transform|aria-keyshortcuts|name)$/,
  calls: /^(api|page|querySelector|querySelectorAll|closest|matches|useShortcut|go|([A-Z]\w*)?Error)$/,
};
/** Names that are the same in every language. */
const properNames = new Set([
  'Collabthon',
  ...['Edge', 'Opera', 'Samsung Internet', 'Firefox', 'Chrome', 'Safari'],
  ...['Android', 'Windows', 'Mac OS', 'CrOS', 'ChromeOS', 'Linux'],
  ...['English', 'Español'],
]);
/** Shows the parts of the interface to who builds it. */
const unread = /web[\\/]src[\\/]app[\\/]gallery[\\/]/;
const letter = /\p{L}/u;

if (process.argv[1] === import.meta.filename) {
  const catalogues = [
    'web/src/messages',
    'server/modules/accounts/messages',
    'server/modules/notifications/messages',
    'server/services/web/messages',
  ];
  const findings = [...hardCodedText('web/src'), ...catalogues.flatMap(catalogueFindings)];
  for (const finding of findings) console.error(finding);
  console.log(findings.length === 0 ? 'All words are in the catalogues.' : `${findings.length} findings.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

/** Text in all code below a folder. */
export function hardCodedText(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /(?<!\.test)\.tsx?$/.test(file));
  return files.flatMap((file) => {
    const path = join(folder, file);
    return textIn(path, readFileSync(path, 'utf8'));
  });
}

/**
 * Where code says something to readers, every word counts; anywhere else, what reads like prose does, unless it stands
 * where no reader comes.
 */
export function textIn(path, code) {
  const { program } = parseSync(path, code);
  const found = new Map();
  const tell = (node, text) => {
    if (!letter.test(text.replace(/https?:\/\/\S*/g, '')) || properNames.has(text)) return;
    found.set(node.start, `has text of its own: ${JSON.stringify(text.trim().slice(0, 60))}`);
  };
  /** Tells every text that an expression may come to. */
  const tellAll = (node) => {
    const text = textOf(node);
    if (text !== undefined) tell(node, text);
    else for (const part of outcomes(node)) tellAll(part);
  };
  const visit = (node) => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (!node || typeof node !== 'object' || typeof node.type !== 'string' || isMute(node)) return;
    if (node.type === 'JSXText') tell(node, node.value);
    for (const spoken of spokenParts(node)) tellAll(spoken);
    if (joinsByComma(node)) found.set(node.start, 'joins words by a comma');
    const text = textOf(node);
    if (text !== undefined && isProse(text) && !unread.test(path)) tell(node, text);
    for (const [key, child] of Object.entries(node)) {
      const isName = key === 'key' && !node.computed;
      if (!isName && !isMutePart(node, key)) visit(child);
    }
    if (isMessage(node)) visit(node.arguments.slice(1));
  };
  visit(program);
  const inOrder = [...found].sort(([one], [other]) => one - other);
  return inOrder.map(([start, finding]) => {
    const line = code.slice(0, start).split('\n').length;
    return `${path}:${line} ${finding}`;
  });
}

/** The text of a literal or of a template, whose gaps are `{}`. */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('{}');
  return undefined;
}

/** Languages list in ways of their own: `useNameList` for names, and ` · ` between facts. */
function joinsByComma(node) {
  const isJoin = node.type === 'CallExpression' && node.callee.property?.name === 'join';
  return isJoin && /^[,،]\s/.test(textOf(node.arguments[0]) ?? '');
}

/** What an expression may come to, one of which its reader gets. */
function outcomes(node) {
  switch (node?.type) {
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'LogicalExpression':
      return node.operator === '&&' ? [node.right] : [node.left, node.right];
    case 'BinaryExpression':
      return node.operator === '+' ? [node.left, node.right] : [];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'JSXExpressionContainer':
      return [node.expression];
    default:
      return [];
  }
}

/** The parts of a node that are said to readers. */
function spokenParts(node) {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return node.children.filter(({ type }) => type === 'JSXExpressionContainer');
    case 'JSXAttribute':
      return spokenNames.test(node.name.name) ? [node.value] : [];
    case 'Property':
      return spokenNames.test(node.key.name) ? [node.value] : [];
    case 'VariableDeclarator':
      return spokenNames.test(node.id.name) ? [node.init] : [];
    case 'AssignmentExpression':
      return spokenNames.test(node.left.property?.name) ? [node.right] : [];
    case 'CallExpression':
      return node.callee.name === 'showToast' ? [node.arguments[0]] : [];
    default:
      return [];
  }
}

/** A capital and something small after it, or several words; classes, routes, paths and codes are neither. */
function isProse(text) {
  return (
    /^\p{Lu}(?=.*\p{Ll})(?!\p{Lu}+ \/|\S*\/$|[-\d{.\s])/u.test(text) || /^\p{L}{2,}(,? \p{L}+)+[.!?…]?$/u.test(text)
  );
}

function isMute(node) {
  if (/^TS/.test(node.type)) return !/^TS(As|Satisfies|NonNull)Expression$/.test(node.type);
  if (/^(Import|Export(Named|All))/.test(node.type)) return Boolean(node.source);
  if (node.type === 'JSXAttribute') return mute.attributes.test(node.name.name);
  return node.type === 'Property' && String(node.key.value ?? '').startsWith('@');
}

/** `t('key')` and `tMatch.rich('key')`: the key is of the catalogue, what fills it is not. */
function isMessage({ callee }) {
  return /^t([A-Z]\w*)?$/.test(callee?.name ?? callee?.object?.name ?? '');
}

function calleeOf({ callee }) {
  return callee?.name ?? callee?.property?.name ?? '';
}

function isMutePart(node, key) {
  if (/^(typeAnnotation|typeArguments|returnType)$/.test(key)) return true;
  if (node.type === 'BinaryExpression') return node.operator !== '+';
  if (node.type === 'SwitchCase') return key === 'test';
  if (node.type === 'MemberExpression') return key === 'property';
  // The name of a kind of error, and a media query.
  if (node.type === 'AssignmentExpression') return /^(name|media)$/.test(node.left.property?.name);
  return key === 'arguments' && (mute.calls.test(calleeOf(node)) || isMessage(node));
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
