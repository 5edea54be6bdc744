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
  const slider = document.querySelector(".slider input[type=range]");
  if (slider) {
    const told = document.querySelector(".slider output");
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
