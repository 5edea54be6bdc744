// Comfort only: every page works without this. It opens a statement's chain beside the text without losing the place,
// gives the keyboard back where it was, and shows which marks belong together.
(() => {
  "use strict";
  const part = () => document.querySelector(".reading");
  if (!part()) return;

  const panel = () => document.getElementById("panel");
  // The statement or the words that an address chooses.
  const chosen = (address) => {
    const wanted = new URL(address, location.href).searchParams;
    return wanted.get("statement") || wanted.get("code");
  };

  // Takes the document's part out of the page that the address leads to. Whether it worked.
  async function take(address) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector(".reading");
      if (!next) return false;
      const aside = document.querySelector(".about");
      const scrolled = aside ? aside.scrollTop : 0;
      part().replaceWith(document.adoptNode(next));
      const about = document.querySelector(".about");
      if (about) about.scrollTop = scrolled;
      return true;
    } catch {
      return false;
    }
  }

  // Brings the chosen words where they can be seen, only if they are not.
  function bringIntoView(id) {
    const words = id && (document.getElementById("s-" + id) || document.getElementById("at"));
    if (!words) return;
    const sheet = getComputedStyle(panel()).position === "fixed" ? panel().offsetHeight : 0;
    const box = words.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight - sheet) scrollBy({ top: box.top - (innerHeight - sheet) / 3 });
  }

  function focusOn(element) {
    if (element) element.focus({ preventScroll: true });
  }

  // The mark that leads to a statement; its place may be an anchor before another statement's mark.
  function markOf(id) {
    const mark = part().querySelector(`a.m[href*="statement=${id}"]`);
    return mark || part().querySelector(`a.m[aria-current]`);
  }

  async function go(link) {
    const id = chosen(link.href);
    const before = chosen(location.href);
    const step = link.matches("a.step") ? link.rel : null;
    if (!(await take(link.href))) {
      location.assign(link.href);
      return;
    }
    history.pushState(null, "", link.href);
    bringIntoView(id);
    if (!id) focusOn(markOf(before));
    else focusOn((step && panel().querySelector(`a.step[rel="${step}"]`)) || panel().querySelector("h2"));
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.m, .panel a, .codings a, a.code-words");
    const here = link && new URL(link.href).pathname === location.pathname;
    if (!here || !(chosen(link.href) || link.matches("a.close"))) return;
    event.preventDefault();
    go(link);
  });

  document.addEventListener("keydown", (event) => {
    const close = document.querySelector("a.close");
    // Who writes leaves the field first.
    if (event.key === "Escape" && close && !event.target.closest("input, textarea, select")) go(close);
  });

  addEventListener("popstate", async () => {
    if (await take(location.href)) bringIntoView(chosen(location.href));
  });

  // Parts of one statement light up together.
  function together(event, on) {
    const mark = event.target.closest && event.target.closest("a.m");
    if (!mark) return;
    const own = mark.dataset.s.split(" ")[0];
    for (const other of part().querySelectorAll("a.m")) {
      if (other.dataset.s.split(" ").includes(own)) other.classList.toggle("near", on);
    }
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => together(event, on));
  }
})();

// Words selected in a document's text lead to the form that codes them. Without this they are written into the field beside
// the text. The address counts code points from where each block of the text begins.
(() => {
  "use strict";
  if (!document.querySelector(".reading")) return;
  let bar = null;

  // The part of a selection that stands in the text, as a place and its words.
  function selected() {
    const selection = getSelection();
    const leaf = document.querySelector(".leaf");
    if (!leaf || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(leaf)) return null;
    let start = null;
    let end = null;
    let words = "";
    for (const block of leaf.querySelectorAll("[data-at]")) {
      if (!range.intersectsNode(block) || !block.checkVisibility()) continue;
      const whole = document.createRange();
      whole.selectNodeContents(block);
      const part = whole.cloneRange();
      if (range.compareBoundaryPoints(Range.START_TO_START, whole) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) part.setEnd(range.endContainer, range.endOffset);
      const text = part.toString();
      if (!text.trim()) continue;
      const before = whole.cloneRange();
      before.setEnd(part.startContainer, part.startOffset);
      const at = Number(block.dataset.at) + [...before.toString()].length;
      const lead = [...text].length - [...text.trimStart()].length;
      if (start === null) start = at + lead;
      end = at + [...text.trimEnd()].length;
      words += (words && " ") + text.trim();
    }
    return start === null ? null : { start, end, words: words.replace(/\s+/g, " ") };
  }

  function hide() {
    bar.hidden = true;
    bar.replaceChildren();
  }

  function offer() {
    const found = selected();
    if (!found) {
      if (bar) hide();
      return;
    }
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "selected";
      bar.setAttribute("role", "status");
      bar.dataset.keys = "";
      document.getElementById("main").append(bar);
    }
    const link = document.createElement("a");
    link.className = "button code-words";
    link.dataset.key = "c";
    link.setAttribute("aria-keyshortcuts", "c");
    const address = new URL(location.pathname, location.href);
    address.searchParams.set("code", `${found.start}-${found.end}`);
    address.hash = "at";
    link.href = address.href;
    const short = found.words.length > 48 ? found.words.slice(0, 30) + " … " + found.words.slice(-14) : found.words;
    const key = document.createElement("kbd");
    key.textContent = "c";
    link.append("Code “", short, "” ", key);
    bar.replaceChildren(link);
    bar.hidden = false;
  }

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a.code-words")) {
      hide();
      getSelection().removeAllRanges();
    }
  });
})();

// The scenario of a map of causes: a slider tells its value while it moves and runs the experiment when it is let go.
(() => {
  "use strict";
  const form = document.querySelector("form.scenario");
  if (!form) return;
  form.addEventListener("input", (event) => {
    const told = event.target.type === "range" && event.target.parentElement.querySelector("output");
    if (told) told.value = event.target.value;
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=range], select[name=change]")) form.requestSubmit();
  });
})();

// Comfort only: every picture is whole without this. It saves a picture as PNG, asks for another year while the slider is
// let go, makes a large picture larger, smaller and movable by hand, and shows which ties belong to an actor.
(() => {
  "use strict";
  const drawn = () => document.getElementById("drawn");
  if (!drawn()) return;

  // PNG: the saved SVG drawn at twice its size.
  async function png(link) {
    const image = new Image();
    image.src = link.href;
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 16000 / Math.max(image.naturalWidth, image.naturalHeight));
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const file = document.createElement("a");
    file.href = URL.createObjectURL(blob);
    file.download = link.dataset.png;
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 10000);
  }

  // A picture may be wider than its window; in one that is loose it can be made larger and pushed about.
  let zoom = 1;
  function size() {
    const svg = drawn().querySelector(".canvas svg");
    if (svg) svg.style.width = zoom === 1 ? "" : Math.round(svg.viewBox.baseVal.width * zoom) + "px";
    if (svg) svg.style.maxWidth = zoom === 1 ? "" : "none";
  }
  function dress() {
    for (const span of drawn().querySelectorAll(".png")) span.hidden = false;
    const canvas = drawn().querySelector(".canvas");
    if (!canvas || canvas.previousElementSibling?.matches(".zoom")) return;
    const bar = document.createElement("p");
    bar.className = "zoom";
    for (const [words, step] of [["Larger", 1.25], ["Smaller", 0.8], ["Whole", 0]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => {
        zoom = step ? Math.min(6, Math.max(0.25, zoom * step)) : 1;
        size();
      });
      bar.append(button);
    }
    canvas.before(bar);
    size();
  }

  // Pushing with the mouse; a push is no click.
  let held = null;
  let pushed = false;
  document.addEventListener("pointerdown", (event) => {
    const canvas = event.target.closest && event.target.closest(".canvas");
    pushed = false;
    if (!canvas || event.pointerType !== "mouse" || event.button) return;
    held = { canvas, x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (Math.hypot(dx, dy) > 4) pushed = true;
    if (!pushed) return;
    held.canvas.scrollLeft = held.left - dx;
    held.canvas.scrollTop = held.top - dy;
  });
  document.addEventListener("pointerup", () => { held = null; });
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest && event.target.closest(".canvas")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (pushed && event.target.closest(".canvas")) {
      event.preventDefault();
      event.stopPropagation();
      pushed = false;
      return;
    }
    const link = event.target.closest("a[data-png]");
    if (link) {
      event.preventDefault();
      png(link);
    }
  }, true);

  // An actor's ties stand out while it is pointed at.
  function near(target, on) {
    const actor = target.closest && target.closest(".picture .actor");
    if (!actor) return;
    const own = [...actor.classList].find((c) => /^n\d+$/.test(c));
    const svg = actor.closest("svg");
    const kept = new Set([own]);
    for (const tie of svg.querySelectorAll(".tie-of")) {
      const ends = [...tie.classList].filter((c) => /^e\d+$/.test(c)).map((c) => "n" + c.slice(1));
      const mine = ends.includes(own);
      if (mine) ends.forEach((end) => kept.add(end));
      tie.classList.toggle("far", on && !mine);
    }
    for (const other of svg.querySelectorAll(".actor")) {
      other.classList.toggle("far", on && ![...other.classList].some((c) => kept.has(c)));
    }
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => near(event.target, on));
  }

  // The year: its figure follows the slider, the picture follows when it is let go.
  const slider = document.querySelector(".year-slider input[type=range]");
  if (slider) {
    const told = document.querySelector(".year-slider output");
    slider.addEventListener("input", () => { told.textContent = slider.value; });
    slider.addEventListener("change", async () => {
      const address = new URL(slider.form.action);
      address.search = new URLSearchParams(new FormData(slider.form)).toString();
      try {
        const answer = await fetch(address);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById("drawn");
        if (!answer.ok || !next) throw new Error("no picture");
        drawn().replaceWith(document.adoptNode(next));
        history.replaceState(null, "", address);
        dress();
      } catch {
        location.assign(address);
      }
    });
  }
  dress();
})();
