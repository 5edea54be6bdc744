
// The desk: the keys of the review queue, and files dropped on the page. Comfort only, like the rest: every key presses a
// button or link that stands on the page, and files can be sent by the form.
(() => {
  "use strict";
  const typing = (element) => element.closest && element.closest("input:not([type=hidden]), textarea, select, [contenteditable]");

  // Keys of one letter can be switched off, because some people press them without meaning to.
  const kept = "rashomon-keys";
  const keysAreOn = () => {
    try { return localStorage.getItem(kept) !== "off"; } catch { return true; }
  };
  function showSwitch() {
    const keySwitch = document.querySelector("[data-keys-switch]");
    if (!keySwitch) return;
    const on = keysAreOn();
    keySwitch.hidden = false;
    keySwitch.setAttribute("aria-pressed", String(on));
    keySwitch.textContent = on ? "Keys are on" : "Keys are off";
  }
  showSwitch();
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    try { localStorage.setItem(kept, keysAreOn() ? "off" : "on"); } catch { return; }
    showSwitch();
  });

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
    if (event.key === "Escape") {
      const leave = document.querySelector("[data-escape]");
      if (typing(event.target)) event.target.blur();
      else if (leave) leave.click();
      return;
    }
    if (!document.querySelector("[data-keys]") || !keysAreOn() || typing(event.target) || event.key.length !== 1) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  });

  // The next statement of the queue takes the place of this one without the page around it being loaded again.
  const queue = () => document.querySelector(".review");
  let underway = 0;
  async function turn(address, options) {
    const own = ++underway;
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own !== underway) return;
    const next = page.querySelector(".review");
    // What is no statement of the queue is a question or a fault, and stands alone.
    if (next && queue()) queue().replaceWith(document.adoptNode(next));
    else document.getElementById("main").replaceWith(document.adoptNode(page.getElementById("main")));
    document.title = page.title;
    showSwitch();
    scrollTo(0, 0);
    const shown = document.querySelector(".review article.statement") || document.getElementById("main");
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
    return answer.url;
  }

  async function follow(address) {
    try {
      const shown = await turn(address);
      if (shown) history.pushState(null, "", shown);
    } catch {
      location.assign(address);
    }
  }

  async function deliver(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    try {
      const shown = await turn(form.action, { method: "POST", body });
      if (shown && queue()) history.pushState(null, "", shown);
    } catch {
      // The browser says in its own words that the program does not answer.
      form.dataset.plain = "yes";
      delete form.dataset.sent;
      form.requestSubmit(button);
    }
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('.review a[data-key="n"]');
    if (!link || queue().querySelector("form[data-sent]")) return;
    event.preventDefault();
    follow(link.href);
  });
  addEventListener("popstate", () => {
    if (location.pathname === "/review") turn(location.href).catch(() => location.reload());
  });

  // A verdict is sent once, however often the key is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[method=post]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.defaultPrevented || form.dataset.plain || !form.matches(".review form.judge")) return;
    event.preventDefault();
    deliver(form, event.submitter);
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // Files dropped anywhere.
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  let region = document.getElementById("adding");

  function place() {
    if (region) return region;
    region = document.createElement("section");
    region.id = "adding";
    region.className = "floating";
    region.setAttribute("aria-live", "polite");
    region.setAttribute("aria-label", "What became of the files");
    document.getElementById("main").append(region);
    return region;
  }

  function line(name) {
    let list = place().querySelector("ul");
    if (!list) {
      list = document.createElement("ul");
      list.className = "files-told";
      place().append(list);
    }
    const item = document.createElement("li");
    const label = document.createElement("bdi");
    label.textContent = name;
    const words = document.createElement("span");
    item.append(label, ": ", words);
    list.append(item);
    return {
      item,
      progress(share) {
        let bar = item.querySelector("progress");
        if (!bar) {
          bar = document.createElement("progress");
          bar.max = 1;
          bar.setAttribute("aria-label", `Sending ${name}`);
          item.append(" ", bar);
        }
        bar.value = share;
        words.textContent = share < 1 ? "sending" : "reading";
        if (share >= 1) bar.removeAttribute("value");
      },
      told(became, text, address) {
        item.querySelector("progress")?.remove();
        item.className = became;
        words.textContent = text;
        if (!address) return;
        const link = document.createElement("a");
        link.href = address;
        label.replaceWith(link);
        link.append(label);
      },
    };
  }

  // Every file of what was dropped, folders opened, with its path there.
  async function filesOf(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
    const found = [];
    async function walk(entry, before) {
      const path = before + entry.name;
      if (entry.isFile) {
        const file = await new Promise((done, failed) => entry.file(done, failed)).catch(() => null);
        if (file) found.push({ file, path });
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed)).catch(() => []);
        if (!some.length) return;
        for (const inner of some) await walk(inner, `${path}/`);
      }
    }
    for (const entry of entries) await walk(entry, "");
    return found;
  }

  // A metadata file goes with its document: `letter.txt.meta.json` or `letter.meta.json` with `letter.txt`.
  function lots(files) {
    const ending = ".meta.json";
    const documents = files.filter(({ path }) => !path.endsWith(ending));
    const lots = documents.map((file) => [file]);
    const stray = [];
    for (const meta of files.filter(({ path }) => path.endsWith(ending))) {
      const stem = meta.path.slice(0, -ending.length);
      const lot = lots.find(([{ path }]) => path === stem) || lots.find(([{ path }]) => path.replace(/\.[^./]*$/, "") === stem);
      if (lot) lot.push(meta);
      else stray.push([meta]);
    }
    return [...lots, ...stray];
  }

  async function token() {
    const here = document.querySelector("form.add input[name=token]");
    if (here) return here.value;
    const page = new DOMParser().parseFromString(await (await fetch("/add")).text(), "text/html");
    return page.querySelector("form.add input[name=token]").value;
  }

  function send(lot, word) {
    const shown = line(lot[0].path);
    const form = new FormData();
    form.append("token", word);
    for (const { file, path } of lot) form.append("files", file, path);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/add");
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => event.lengthComputable && shown.progress(event.loaded / event.total));
      request.upload.addEventListener("load", () => shown.progress(1));
      request.addEventListener("loadend", () => {
        let files = null;
        try { files = JSON.parse(request.responseText).files; } catch { /* words for a person */ }
        if (request.status === 200 && files) {
          const [first, ...members] = files;
          if (first) shown.told(first.became, first.words, first.address);
          else shown.told("refused", "there was no document in it");
          if (first && first.name !== lot[0].path) shown.item.querySelector("bdi").textContent = first.name;
          for (const member of members) line(member.name).told(member.became, member.words, member.address);
        } else {
          const words = request.status ? request.responseText.slice(0, 500) : "it could not be sent; is the program still running?";
          shown.told("refused", `refused: ${words}`);
        }
        done();
      });
      request.send(form);
    });
  }

  async function add(files) {
    if (!files.length) return;
    let word;
    try { word = await token(); } catch { line(files[0].path).told("refused", "it could not be sent; is the program still running?"); return; }
    const waiting = lots(files);
    // Two at a time: while one is read the next is on its way.
    const worker = async () => { for (let lot = waiting.shift(); lot; lot = waiting.shift()) await send(lot, word); };
    await Promise.all([worker(), worker()]);
    place().dataset.done = String(Number(place().dataset.done || 0) + files.length);
  }

  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  for (const name of ["dragleave", "drop", "dragend"]) {
    document.addEventListener(name, (event) => {
      if (name !== "dragleave" || !event.relatedTarget) document.body.classList.remove("dropping");
    });
  }
  document.addEventListener("drop", async (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    add(await filesOf(event.dataTransfer));
  });
  const chooser = document.querySelector("form.add");
  if (chooser) {
    chooser.addEventListener("submit", (event) => {
      event.preventDefault();
      delete chooser.dataset.sent;
      const files = [...chooser.elements.files.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      chooser.elements.files.value = "";
      add(files);
    });
  }
})();
