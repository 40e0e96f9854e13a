// The field's own software at work: it signs, derives and verifies documents under the bundled contexts. Keys are did:keys; nothing is
// fetched.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as sd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as ecdsa} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsa} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';

const folder = fileURLToPath(new URL('../../schemas/contexts', import.meta.url));
const readJson = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const bundled = new Map(readJson('manifest.json').map(({name, file}) => [name, readJson(file)]));

const purposes = ['assertionMethod', 'authentication'];
const keyDocument = did => {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller: did, publicKeyMultibase
  };
  const named = Object.fromEntries(purposes.map(purpose => [purpose, [id]]));
  return {method, controller: {'@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [method], ...named}};
};

const documentLoader = async url => {
  if(url.startsWith('did:key:')) {
    const {method, controller} = keyDocument(url.split('#')[0]);
    return {contextUrl: null, documentUrl: url, document: url.includes('#') ? method : controller};
  }
  if(!bundled.has(url)) {
    throw new Error(`not bundled: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: bundled.get(url)};
};

const suites = {'ecdsa-rdfc-2019': () => ecdsa, 'eddsa-rdfc-2022': () => eddsa, 'ecdsa-sd-2023': sd.createVerifyCryptosuite};

const verify = async ({document, now, checkStatus}) => {
  const [proof] = [document.proof].flat();
  const suite = new DataIntegrityProof({cryptosuite: suites[proof.cryptosuite]()});
  const options = {suite, documentLoader, now: new Date(now), checkStatus};
  const {verified, error} = await vc.verifyCredential({credential: document, ...options});
  return {verified, error: error && [error, ...(error.errors ?? [])].map(each => each.message).join('; ')};
};

const sign = async ({document, suite, key, mandatory, created}) => {
  const {method} = keyDocument(`did:key:${key.publicKeyMultibase}`);
  const pair = await (suite.startsWith('eddsa') ? Ed25519Multikey : EcdsaMultikey).from({...method, ...key});
  const cryptosuite = suite === 'ecdsa-sd-2023' ?
    sd.createSignCryptosuite({mandatoryPointers: mandatory}) : suites[suite]();
  const proof = new DataIntegrityProof({signer: pair.signer(), cryptosuite, date: created});
  return {document: await vc.issue({credential: document, suite: proof, documentLoader, now: new Date(created)})};
};

const derive = async ({document, selective}) => {
  const suite = new DataIntegrityProof({cryptosuite: sd.createDiscloseCryptosuite({selectivePointers: selective})});
  const purpose = new jsigs.purposes.AssertionProofPurpose();
  return {document: await jsigs.derive(document, {suite, purpose, documentLoader})};
};

// For the benchmark: seconds for one of the documents, in which a status is not asked for, because no status belongs to a proof.
const time = async ({documents, ...request}) => {
  const begun = performance.now();
  for(const document of documents) {
    const answer = request.suite ?
      await sign({document, ...request}) : await verify({document, ...request, checkStatus: async () => ({verified: true})});
    if(!(answer.document || answer.verified)) {
      throw new Error(answer.error);
    }
  }
  return {seconds: (performance.now() - begun) / 1000 / documents.length};
};

export const acts = {verify, sign, derive, time};
