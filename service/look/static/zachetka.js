// Small comforts; every page works without them.

function offerCopy(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-secondary no-print";
  button.textContent = box.dataset.label;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.dataset.copy);
    button.textContent = box.dataset.copied;
    setTimeout(() => { button.textContent = box.dataset.label; }, 2000);
  });
  box.querySelector(".copy-row").append(button);
}

function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 5000);
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.addEventListener("submit", sendOnce);
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
