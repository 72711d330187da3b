// The card service of a rehearsal: a real OpenID provider (oidc-provider) with made-up cards.
// Set up like the service's public description: code flow, PKCE, private_key_jwt, ES256, pairwise
// subjects. `node server.js CONFIG.json [SOCKET]`; listens on this machine alone, or on the number
// of a socket that whoever started it listens on already. With "control" in the config,
// POST /control {"fault": NAME} spoils the next token, so that tests see it refused.
import { readFileSync } from 'node:fs';
import { SignJWT, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose';
import { Provider, interactionPolicy } from 'oidc-provider';

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const HOST = '127.0.0.1';
const issuer = `http://localhost:${config.port}`;
const cards = new Map(config.cards.map((card) => [card.id, card]));
const claims = { name: ['name'], address: ['address'], birthdate: ['birthdate'], gender: ['gender'] };

async function makeKey(kid) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}

const key = await makeKey('card-1');
const strangeKey = await makeKey('card-1');

// A card is held each time: a session at the provider never answers in its place.
const policy = interactionPolicy.base();
const { Check, Prompt } = interactionPolicy;
const held = new Check('card', 'hold the card', (ctx) => !ctx.oidc.result?.login);
policy.remove('consent');
policy.remove('login');
policy.add(new Prompt({ name: 'login', requestable: true }, held));

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: [{
    client_id: config.client_id,
    redirect_uris: config.redirect_uris,
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
    jwks: config.jwks,
  }],
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_ctx, accountId, client) => `ppid-${client.clientId}-${accountId}`,
  scopes: ['openid', ...Object.keys(claims)],
  claims,
  acrValues: ['aal3'],
  pkce: { required: () => true },
  cookies: { keys: [key.d] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
  interactions: { policy, url: (_ctx, interaction) => `/cards/${interaction.uid}` },
  ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_ctx, id) => {
    const card = cards.get(id);
    return card && { accountId: id, claims: () => ({ ...card, id: undefined, label: undefined, sub: id }) };
  },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '));
    await grant.save();
    return grant;
  },
});

const escape = (text) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

function choose() {
  const buttons = [...cards.values()].map((card) =>
    `<p><button name="card" value="${escape(card.id)}">${escape(card.label ?? card.name)}</button></p>`);
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>カードの代役</title><style>body{font:18px/1.7 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}
button{font:inherit;padding:.6rem 1rem;width:100%;text-align:left}</style>
<h1>カードをかざす（練習）</h1><p>これは練習用の代役です。本物のカードも国のサービスも使いません。どのカードをかざしますか。</p>
<form method="post">${buttons.join('')}<p><button name="cancel" value="1">やめる</button></p></form></html>`;
}

let fault = '';
const now = () => Math.floor(Date.now() / 1000);
const FAULTS = {
  issuer: { iss: 'https://another.invalid' },
  audience: { aud: 'somebody-else' },
  audiences: { aud: [config.client_id, 'somebody-else'] },
  azp: { azp: 'somebody-else' },
  expired: { exp: now() - 3600, iat: now() - 7200 },
  nonce: { nonce: 'of-an-earlier-time' },
  'no-nonce': { nonce: undefined },
  at_hash: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' },
  acr: { acr: 'aal1' },
  'no-acr': { acr: undefined },
  stale: { auth_time: now() - 7200 },
  key: {},
  algorithm: {},
};

async function spoil(idToken) {
  const payload = { ...decodeJwt(idToken), ...FAULTS[fault] };
  const header = decodeProtectedHeader(idToken);
  if (fault === 'algorithm') {
    const part = (what) => Buffer.from(JSON.stringify(what)).toString('base64url');
    return `${part({ alg: 'none' })}.${part(payload)}.`;
  }
  const signer = await importJWK(fault === 'key' ? strangeKey : key, 'ES256');
  return new SignJWT(payload).setProtectedHeader(header).sign(signer);
}

async function body(ctx) {
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  return Buffer.concat(parts).toString();
}

provider.use(async (ctx, next) => {
  if (config.control && ctx.path === '/control' && ctx.method === 'POST') {
    fault = JSON.parse(await body(ctx)).fault;
    ctx.body = { fault };
    return;
  }
  if (ctx.path.startsWith('/cards/')) {
    if (ctx.method === 'GET') {
      ctx.type = 'html';
      ctx.body = choose();
      return;
    }
    const said = new URLSearchParams(await body(ctx));
    const card = said.get('card');
    const result = cards.has(card)
      ? { login: { accountId: card, acr: 'aal3', amr: ['pop'], remember: false } }
      : { error: 'access_denied', error_description: 'the holder went back' };
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
    ctx.respond = false;
    return;
  }
  await next();
  if (fault && ctx.path === '/token' && ctx.body?.id_token) {
    ctx.body = { ...ctx.body, id_token: await spoil(ctx.body.id_token) };
    fault = '';
  }
});

provider.on('server_error', (_ctx, error) => console.error(error));
const place = process.argv[3] ? { fd: Number(process.argv[3]) } : { port: config.port, host: HOST };
provider.listen(place, () => console.log(`card reader at ${issuer}`));
