/* Passkeys: two buttons, each a short conversation of JSON with the server and the browser's own dialog.
   Without this file, or in a browser without passkeys, the buttons stay hidden and passwords work. */
(function () {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  async function ask(address, token, body) {
    const answer = await fetch(address, {
      method: "POST", credentials: "same-origin", body: body ? JSON.stringify(body) : "",
      headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
    });
    if (answer.redirected) { window.location.assign(answer.url); throw new Error("asked again who it is"); }
    return answer.json();
  }
  function readable(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    ["excludeCredentials", "allowCredentials"].forEach((list) => (options[list] || []).forEach((each) => { each.id = bytes(each.id); }));
    return options;
  }
  function sendable(made) {
    const said = { id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {}, response: {} };
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((part) => {
      if (made.response[part]) said.response[part] = text(made.response[part]);
    });
    return said;
  }
  async function run(button) {
    const form = button.form, token = form.elements.csrfmiddlewaretoken.value;
    const options = readable(await ask(button.dataset.begin, token));
    const adding = button.dataset.passkey === "add";
    const made = adding ? await navigator.credentials.create({ publicKey: options }) : await navigator.credentials.get({ publicKey: options });
    const said = sendable(made);
    if (adding && form.elements.name) said.name = form.elements.name.value;
    const done = await ask(button.dataset.done, token, said);
    if (done.go) window.location.assign(done.go);
    else throw new Error(done.said);
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("button[data-passkey]").forEach((button) => {
      const place = button.closest("[data-passkey-place]") || button;
      place.hidden = false;
      const told = place.querySelector("[data-said]");
      button.addEventListener("click", (event) => {
        event.preventDefault();
        run(button).catch((problem) => {
          const known = problem && problem.name === "NotAllowedError" ? "No passkey was used. Try again when you are ready." : problem.message;
          if (told) { told.textContent = known; told.hidden = false; }
        });
      });
    });
  });
})();
