// Comfort only: every page works without this. It opens a statement's chain beside the text without losing the place,
// gives the keyboard back where it was, and shows which marks belong together.
(() => {
  "use strict";
  const part = () => document.querySelector(".reading");
  if (!part()) return;

  const panel = () => document.getElementById("panel");
  const chosen = (address) => new URL(address, location.href).searchParams.get("statement");

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
    const words = id && document.getElementById("s-" + id);
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
    const link = event.target.closest("a.m, .panel a");
    const here = link && new URL(link.href).pathname === location.pathname;
    if (!here || !(chosen(link.href) || link.matches("a.close"))) return;
    event.preventDefault();
    go(link);
  });

  document.addEventListener("keydown", (event) => {
    const close = document.querySelector("a.close");
    if (event.key === "Escape" && close) go(close);
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
