// The site as an application of the phone: its worker, and the badges that somebody keeps on a device of their own.
// Every page works without it.

const KEPT = "zachetka-kept";
const MARK = "/kept"; // whose, from where and since when; no page has this address
const MOST = 20;
const OFF_LIMITS = "form, .confirm, .actions:not(:has(a[download])), [data-device], [name=csrf], noscript"; // what a kept page must not hold or cannot do

export async function mark() {
  const found = await caches.match(MARK, { cacheName: KEPT });
  return found ? found.json() : null;
}

export async function forget() {
  await caches.delete(KEPT);
}

export async function sweep(now = Date.now()) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((swept) => { port1.onmessage = swept; });
  active.postMessage({ sweep: now }, [port2]);
  await done;
}

async function ask(path) {
  const answer = await fetch(path, { cache: "no-store", redirect: "error", headers: { "X-Keeping": "yes" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

function under(home, links) {
  const paths = [...links].map((link) => new URL(link.getAttribute("href"), location.href).pathname);
  return [...new Set(paths)].filter((path) => path.startsWith(`${home}/badges/`));
}

async function keepPage(cache, path, notice) {
  const answer = await ask(path);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.querySelectorAll(OFF_LIMITS).forEach((part) => part.remove());
  page.querySelector(".page-body").prepend(page.importNode(notice.content, true));
  await cache.put(path, new Response(`<!doctype html>${page.documentElement.outerHTML}`, { headers: answer.headers }));
  return page;
}

export async function keep(box, now = Date.now()) {
  const home = box.dataset.device;
  const notice = box.querySelector("template");
  await forget();
  const cache = await caches.open(KEPT);
  await cache.put(MARK, Response.json({ person: document.body.dataset.person, home, withdrawn: box.dataset.withdrawn, at: now }));
  const book = await keepPage(cache, home, notice);
  for (const path of under(home, book.querySelectorAll(".entries a[href]")).slice(0, MOST)) {
    const badge = await keepPage(cache, path, notice);
    const signed = under(home, badge.querySelectorAll("a[download]")).filter((file) => /\.(?:json|jwt)$/.test(file));
    for (const file of signed) await cache.put(file, await ask(file));
  }
}

function furnish(box, kept) {
  const [form, forgetting] = [box.querySelector("form"), box.querySelector("[data-forget]")];
  const say = (word) => { box.querySelector("[role=status]").textContent = word ? box.dataset[word] : ""; };
  const show = (is) => { form.hidden = is; forgetting.hidden = !is; };
  show(Boolean(kept));
  say(kept ? "kept" : "");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("busy");
    try {
      await keep(box);
      show(true);
      say("kept");
    } catch {
      await forget();
      say("failed");
    }
  });
  forgetting.addEventListener("click", async () => {
    await forget();
    form.reset();
    show(false);
    say("forgotten");
  });
}

function ends(form) {
  const path = new URL(form.action).pathname;
  return path === "/sign-out" || /^\/wallet\/[^/]+\/consents\/[^/]+\/withdraw$/.test(path);
}

// Browsers ask no worker for what is to be downloaded, so without a connection the page itself hands out the kept file.
async function handOut(link) {
  const file = await caches.match(link.pathname, { cacheName: KEPT });
  if (!file) {
    location.assign(link.href); // the worker says there that there is no connection
    return;
  }
  const again = document.createElement("a");
  again.href = URL.createObjectURL(await file.blob());
  again.download = /filename="([^"]+)"/.exec(file.headers.get("content-disposition") ?? "")?.[1] ?? "";
  again.click();
  setTimeout(() => URL.revokeObjectURL(again.href), 1000);
}

function download(event) {
  const link = event.target.closest("a[download]");
  if (!link || navigator.onLine || link.protocol === "blob:") return;
  event.preventDefault();
  handOut(link).catch(() => {});
}

function unable() {
  const box = document.querySelector("[data-device]");
  if (box) box.querySelector("[role=status]").textContent = box.dataset.unable;
}

async function start() {
  await navigator.serviceWorker.register(`/app-worker.js?speaks=${document.documentElement.lang}`);
  await sweep();
  const box = document.querySelector("[data-device]");
  const { person } = document.body.dataset;
  let kept = await mark();
  const somebodyElse = person && kept?.person !== person;
  const withdrawn = box && kept?.withdrawn !== box.dataset.withdrawn; // a consent was taken back since, perhaps elsewhere
  if (kept && (somebodyElse || withdrawn)) {
    await forget();
    kept = null;
  }
  if (box) furnish(box, kept);
  for (const place of kept ? document.querySelectorAll("[data-shelf]") : []) {
    place.querySelector("a").href = kept.home;
    place.hidden = false;
  }
}

addEventListener("submit", (event) => { if (event.target.method === "post" && ends(event.target)) forget().catch(() => {}); });
addEventListener("click", (event) => { if (event.target instanceof Element && "caches" in window) download(event); });
// Over plain http, in private windows and where workers are switched off everything else works as before.
if ("serviceWorker" in navigator && "caches" in window) start().catch(unable);
else unable();
