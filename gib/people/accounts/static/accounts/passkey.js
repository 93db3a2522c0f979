// Passkeys: ask the browser for a key and send its answer with the form.
(() => {
  "use strict";
  async function optionsOf(button) {
    if (button.dataset.options) return JSON.parse(button.dataset.options);
    const answer = await fetch(button.dataset.from, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }
  function asked(options, form) {
    const alone = form.elements.passwordless;
    if (!alone) return options;
    const wish = options.publicKey.authenticatorSelection;
    wish.residentKey = alone.checked ? "required" : "discouraged";
    wish.requireResidentKey = alone.checked;
    if (alone.checked) wish.userVerification = "required";
    return options;
  }
  async function press(button) {
    const form = button.form;
    const make = button.dataset.passkey === "create";
    try {
      const options = asked(await optionsOf(button), form);
      const key = make ? await webauthnJSON.create(options) : await webauthnJSON.get(options);
      form.elements.credential.value = JSON.stringify(key);
      form.submit();
    } catch {
      form.querySelector("[data-passkey-failed]").hidden = false;
    }
  }
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = !window.PublicKeyCredential;
    button.addEventListener("click", () => press(button));
  }
})();
