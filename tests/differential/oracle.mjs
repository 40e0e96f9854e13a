// Answers, line by line, what jsonld.js (safe mode) and rdf-canonize make of a document or of N-Quads. Started by oracles.py with the
// folder of the bundled contexts. A request may name faults of the two libraries that are to be put right for it; the answer then
// tells which of them showed.
import {createInterface} from 'node:readline';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readFileSync} from 'node:fs';

const here = dirname(fileURLToPath(import.meta.url));
const inside = name => createRequire(import.meta.url)(join(here, 'node_modules', name));
const right = new Set();
const shown = new Set();
const put = (fault, wrong, better) => {
  if(right.has(fault) && wrong !== better) {
    shown.add(fault);
    return better;
  }
  return wrong;
};

// utf16-order: lines are sorted by UTF-16 code units; RDF-CANON §5 says code points. The two differ only beside surrogates.
const sort = Array.prototype.sort;
const byCodePoint = (a, b) => {
  let i = 0;
  while(i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) {
    ++i;
  }
  return i === a.length || i === b.length ? a.length - b.length : pointBefore(a, i) - pointBefore(b, i);
};
const pointBefore = (text, i) => text.charCodeAt(i) >= 0xD800 && text.charCodeAt(i) <= 0xDFFF ? 0x10000 : text.charCodeAt(i);
Array.prototype.sort = function(compare) {
  const sorted = sort.call(this, compare);
  if(!compare && right.has('utf16-order') && sorted.every(item => typeof item === 'string')) {
    const better = sort.call([...sorted], (a, b) => byCodePoint(a, b) || (a < b ? -1 : a > b ? 1 : 0));
    if(better.some((item, i) => item !== sorted[i])) {
      shown.add('utf16-order');
      better.forEach((item, i) => sorted[i] = item);
    }
  }
  return sorted;
};

// small-number: 1e-7 has no point in its decimal form, so it passes for an integer and becomes "0".
const types = inside('jsonld/lib/types.js');
const {isDouble} = types;
types.isDouble = v => put('small-number', isDouble(v), types.isNumber(v) && (isDouble(v) || !Number.isInteger(Number(v))));

// double-tie: toExponential rounds a tie up; printf("%1.15E"), by which JSON-LD 1.1 API §8.6 defines the form, rounds it to even.
const {toExponential} = Number.prototype;
Number.prototype.toExponential = function(digits) {
  const up = toExponential.call(this, digits);
  const [mantissa, exponent] = toExponential.call(this, 40).split('e');
  const end = mantissa.indexOf('.') + 1 + digits;
  const even = /^50*$/.test(mantissa.slice(end)) && Number(mantissa[end - 1]) % 2 === 0;
  return put('double-tie', up, even ? `${mantissa.slice(0, end)}e${exponent}` : up);
};

// unicode-space: an IRI with a space that is not ASCII, such as U+3000, passes for a relative one. RFC 3987 allows most of them, the
// grammar of N-Quads all.
const url = inside('jsonld/lib/url.js');
const {isAbsolute} = url;
url.isAbsolute = v => put('unicode-space', isAbsolute(v), types.isString(v) && isAbsolute(v.replace(/[^\S\x00-\x20]/g, '_')));

// direction-ignored: two texts that differ in nothing but @direction pass for one, and the second is dropped without a word.
const util = inside('jsonld/lib/util.js');
const {compareValues} = util;
util.compareValues = (a, b) => put(
  'direction-ignored', compareValues(a, b), compareValues(a, b) && a?.['@direction'] === b?.['@direction']);

// noncharacter: RDF-CANON §5 writes U+FFFE and U+FFFF in a literal, which are no Char of XML 1.1, as \uFFFE and \uFFFF.
const NQuads = inside('rdf-canonize/lib/NQuads.js');
const {serializeQuadComponents} = NQuads;
NQuads.serializeQuadComponents = (s, p, o, g) => {
  const line = serializeQuadComponents(s, p, o, g);
  const escaped = text => text.replace(/\ufffe/g, '\\uFFFE').replace(/\uffff/g, '\\uFFFF');
  return put('noncharacter', line, o.termType === 'Literal' ? line.replace(/".*"/s, escaped) : line);
};

// related-once: a fault of pyoxigraph, which rdf-canonize can take over to explain an answer. RDF-CANON §4.8.3 lists a related node
// once for each mention; pyoxigraph keeps a set.
const {prototype} = inside('rdf-canonize/lib/RDFC10.js');
const {createHashToRelated} = prototype;
prototype.createHashToRelated = async function(id, issuer) {
  const found = await createHashToRelated.call(this, id, issuer);
  return right.has('related-once') ? new Map([...found].map(([hash, nodes]) => [hash, [...new Set(nodes)]])) : found;
};

const jsonld = inside('jsonld/lib/index.js');
const canonize = inside('rdf-canonize/lib/index.js');

// duplicate-statement: true and "true"^^xsd:boolean are two values of a node and one statement, which is then signed twice.
const distinct = dataset => {
  const better = [...new Map(dataset.map(quad => [NQuads.serializeQuad(quad), quad])).values()];
  return better.length === dataset.length ? dataset : put('duplicate-statement', dataset, better);
};

const bundled = new Map(JSON.parse(readFileSync(join(process.argv[2], 'manifest.json'), 'utf8'))
  .filter(row => !row.edition) // an earlier edition stands under the same name
  .map(row => [row.name, JSON.parse(readFileSync(join(process.argv[2], row.file), 'utf8'))]));
const documentLoader = async name => {
  if(!bundled.has(name)) {
    throw Object.assign(new Error(name), {name: 'NotBundled'});
  }
  return {contextUrl: null, documentUrl: name, document: bundled.get(name), tag: 'static'};
};

const datasetOf = async ({document, text}) => text === undefined ?
  distinct(await jsonld.toRDF(document, {safe: true, base: null, documentLoader, rdfDirection: 'i18n-datatype'})) :
  NQuads.parse(text);

const nameOf = ({name, message, details}) =>
  [name, details?.code ?? details?.event?.code ?? message].join(': ').slice(0, 200);

async function answer({digest, fixes, ...input}) {
  right.clear();
  shown.clear();
  fixes.forEach(name => right.add(name));
  const signal = AbortSignal.timeout(5000);
  try {
    const text = await canonize.canonize(await datasetOf(input), {
      algorithm: 'RDFC-1.0', messageDigestAlgorithm: digest, maxWorkFactor: Infinity, signal
    });
    return {text, faults: [...shown]};
  } catch(error) {
    return {error: signal.aborted ? 'silent' : nameOf(error)};
  }
}

const versions = {
  node: process.versions.node,
  ...Object.fromEntries(['jsonld', 'rdf-canonize'].map(name => [name, inside(`${name}/package.json`).version]))
};
for await(const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  const request = JSON.parse(line);
  process.stdout.write(JSON.stringify(request.digest === undefined ? versions : await answer(request)) + '\n');
}
