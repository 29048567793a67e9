/* Keys and small comforts. Every page works without this file; nothing here decides anything.
   A key belongs to whatever carries data-key="p". Rows to walk are table[data-rows] tr[data-href]. */
(function () {
  "use strict";
  const q = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const rows = () => all("table[data-rows] tbody tr[data-href]");

  /* ---- the current row ---- */
  function mark(row) {
    all("tr.at").forEach((other) => other.classList.remove("at"));
    row.classList.add("at");
    const link = q("a", row);
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function walk(step) {
    const list = rows();
    if (!list.length) return press(step > 0 ? "j" : "k");
    const at = list.findIndex((row) => row.classList.contains("at"));
    const to = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
    mark(list[to]);
  }
  const current = () => q("table[data-rows] tr.at");
  function open() {
    const row = current();
    if (row) window.location.assign(row.dataset.href);
    return row;
  }
  function select() {
    const tick = current() && q("input[type=checkbox]", current());
    if (tick) { tick.checked = !tick.checked; tick.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  /* ---- what a key presses ---- */
  function press(name) {
    const target = all('[data-key="' + name + '"]').find((el) => !el.disabled && el.offsetParent !== null);
    if (target) target.click();
    return target;
  }
  function why() {
    const details = all("details.cw-why");
    const at = details.find((one) => one.contains(document.activeElement)) || details[0];
    if (at) { at.open = !at.open; q("summary", at).focus(); }
  }
  function seek() { const box = q("#go"); if (box) { box.focus(); box.select(); } }
  function showKeys() {
    const dialog = q("#all-keys"), here = dialog && q("[data-here]", dialog);
    if (!dialog || dialog.open) return;
    const shown = all(".cw-foot .cw-keys > span");
    const names = shown.map((hint) => q("kbd", hint).textContent);
    here.replaceChildren(...shown.map((hint) => hint.cloneNode(true)));
    all("span", here.nextElementSibling).forEach((hint) => { hint.hidden = names.includes(q("kbd", hint).textContent); });
    dialog.showModal();
  }
  function leave() {
    const openMenu = all("details.cw-who[open], details.cw-menu[open]");
    openMenu.forEach((menu) => { menu.open = false; q("summary", menu).focus(); });
    const clear = q("[data-clear]");
    if (!openMenu.length && clear && all("input[name=chosen]:checked").length) clear.click();
    if (document.activeElement) document.activeElement.blur();
  }

  const plain = { j: () => walk(1), k: () => walk(-1), x: select, w: why, "/": seek, "?": showKeys };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); return seek(); }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { if (press("ctrl-enter")) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") { if (!q("dialog[open]")) leave(); return; }
    if (typing(event.target) || q("dialog[open]") || document.body.dataset.keys === "off") return;
    const name = event.key.toLowerCase();
    if (name === "enter") {
      if (!event.target.closest("a, button, summary, input") && (open() || press("enter"))) event.preventDefault();
      return;
    }
    if (plain[name]) { event.preventDefault(); plain[name](); } else if (name.length === 1 && press(name)) event.preventDefault();
  });

  /* ---- the bulk bar counts itself and floats only while something is chosen ---- */
  function recount() {
    all("[data-bulk]").forEach((bar) => {
      const chosen = all('input[name="chosen"][form="' + bar.id + '"]');
      const ticked = chosen.filter((tick) => tick.checked);
      chosen.forEach((tick) => { const row = tick.closest("tr"); if (row) row.setAttribute("aria-selected", String(tick.checked)); });
      const label = q("[data-count]", bar);
      label.textContent = ticked.length ? ticked.length + " " + label.dataset.some : label.dataset.none;
      bar.hidden = ticked.length === 0;
    });
  }
  document.addEventListener("change", (event) => { if (event.target.name === "chosen") recount(); });
  document.addEventListener("reset", () => window.setTimeout(recount, 0));

  /* ---- menus close when one looks elsewhere; a refused form takes the focus ---- */
  document.addEventListener("click", (event) => {
    all("details.cw-who[open], details.cw-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("DOMContentLoaded", () => {
    recount();
    const refused = q("[data-focus]");
    if (refused) refused.focus();
  });

  /* ---- a watched page loads itself anew when its work has ended; whoever was in it finds their place again.
     It waits while somebody types: nothing that was typed is ever kept in the browser (ASVS 5.0 14.3.3). ---- */
  const PLACE = "casewright-place", here = () => window.location.pathname + window.location.search;
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const at = document.activeElement;
    if (event.detail.xhr.getResponseHeader("HX-Refresh") !== "true" || !at || at === document.body) return;
    if (typing(at) && at.value) { event.preventDefault(); return; }
    const place = { page: here(), id: at.id, key: at.dataset.key, href: at.getAttribute("href") };
    window.sessionStorage.setItem(PLACE, JSON.stringify(place));
  });
  document.addEventListener("DOMContentLoaded", () => {
    const place = JSON.parse(window.sessionStorage.getItem(PLACE) || "null");
    window.sessionStorage.removeItem(PLACE);
    if (!place || place.page !== here()) return;
    const same = (el) => place.id ? el.id === place.id : place.key ? el.dataset.key === place.key : el.getAttribute("href") === place.href;
    const at = all("a, button, input, select, textarea, summary").find(same) || q("#main");
    at.focus({ preventScroll: true });
  });

  /* ---- a file can be dropped on the page that takes one ---- */
  document.addEventListener("dragover", (event) => { if (q("input[type=file]")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const box = q("input[type=file]");
    if (!box || !event.dataTransfer.files.length) return;
    event.preventDefault();
    box.files = event.dataTransfer.files;
    box.focus();
  });
})();
