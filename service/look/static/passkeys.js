// Passkeys: asks the device and hands its answer to the form. Where the browser cannot, the form stays hidden and the password serves.

const { PublicKeyCredential } = window;
const able = Boolean(PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON);

class Told extends Error {}

async function begin(form) {
  const sent = { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) };
  const answer = await fetch(form.dataset.begin, sent);
  const said = await answer.json();
  if (!answer.ok) throw new Told(said.detail);
  return said;
}

function ask(form, options) {
  return form.dataset.passkey === "add"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function go(form) {
  const told = form.querySelector("[role=alert]");
  told.hidden = true;
  try {
    const credential = await ask(form, await begin(form));
    form.elements.answer.value = JSON.stringify(credential);
    if (form.elements.password) form.elements.password.disabled = true;
    form.submit();
  } catch (error) {
    told.textContent = error instanceof Told ? error.message : form.dataset.failed;
    told.hidden = false;
  }
}

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); go(form); });
}
