// A second implementation for the interoperability tests of the W3C's suites: npm @digitalbazaar/vc behind the doors of VC-API, on loopback.
//
//     node tests/interop/neighbour.mjs localConfig.cjs
//
// adds itself to the configuration that `make conformance` has written, turns those tests on, and serves until it is told to end. Its name
// is the one under which the ECDSA suite looks for whoever shows a part.
import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {resolve} from 'node:path';
import {text} from 'node:stream/consumers';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {acts} from './acts.mjs';

const CURVES = ['P-256', 'P-384'];
const generate = async curve => {
  const pair = await EcdsaMultikey.generate({curve});
  const {publicKeyMultibase, secretKeyMultibase} = await pair.export({publicKey: true, secretKey: true});
  return [curve, {publicKeyMultibase, secretKeyMultibase}];
};
const keys = Object.fromEntries(await Promise.all(CURVES.map(generate)));
const did = curve => `did:key:${keys[curve].publicKeyMultibase}`;
const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

const doors = {
  '/credentials/issue': ({credential, options}, asked) => acts.sign({
    document: {...credential, issuer: did(asked.get('key'))},
    suite: asked.get('cryptosuite'),
    key: keys[asked.get('key')],
    mandatory: options?.mandatoryPointers ?? [],
    created: now()
  }),
  '/credentials/derive': ({verifiableCredential, options}) =>
    acts.derive({document: verifiableCredential, selective: options.selectivePointers}),
  '/credentials/verify': ({verifiableCredential}) => acts.verify({document: verifiableCredential, now: now()})
};

const server = createServer(async (request, response) => {
  const {pathname, searchParams} = new URL(request.url, 'http://127.0.0.1');
  const answer = await Promise.resolve(text(request))
    .then(body => doors[pathname](JSON.parse(body), searchParams))
    .catch(error => ({error: error.message}));
  const status = answer.document ? 201 : answer.verified ? 200 : 400;
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(answer.document ?? answer));
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));

const endpoint = (curve, door, tags, supported = [curve]) => ({
  id: did(curve),
  endpoint: `http://127.0.0.1:${server.address().port}/${door}`,
  supports: {vc: ['1.1', '2.0']},
  tags,
  supportedEcdsaKeyTypes: supported
});
const issuing = (suite, curve) => endpoint(curve, `credentials/issue?cryptosuite=${suite}&key=${curve}`, [suite]);
const SUITES = ['ecdsa-rdfc-2019', 'ecdsa-sd-2023'];
const neighbour = {
  name: 'Digital Bazaar',
  implementation: 'npm @digitalbazaar/vc',
  issuers: [...CURVES.map(curve => issuing('ecdsa-rdfc-2019', curve)), issuing('ecdsa-sd-2023', 'P-256')],
  verifiers: [endpoint('P-256', 'credentials/verify', SUITES, CURVES)],
  vcHolders: [endpoint('P-256', 'credentials/derive', ['vcHolder', 'ecdsa-sd-2023'])]
};

const file = resolve(process.argv[2]);
const {settings, implementations} = createRequire(import.meta.url)(file);
const others = implementations.filter(({name}) => name !== neighbour.name);
const both = {settings: {...settings, enableInteropTests: true}, implementations: [...others, neighbour]};
writeFileSync(file, `module.exports = ${JSON.stringify(both, null, 2)};\n`);
process.stdout.write(`${file}\n`);
