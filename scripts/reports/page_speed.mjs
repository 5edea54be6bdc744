// How fast the page is on a large ledger, in the system's Chromium without a window; writes docs/reports/page-speed.md.
//
//     cargo build --release -p rashomon --bins --examples && npm ci --prefix tests/page
//     node scripts/reports/page_speed.mjs
//
// Makes a ledger of 1,000 documents and 100,000 statements (`page_ledger`), serves it on loopback and opens every page
// eleven times in fresh tabs: the first time is told apart, because tables may still be worked out then; of the other ten the median
// counts. First paint is the browser's own first contentful paint (Paint Timing). Interaction is from the browser's own time
// of the key or click to the frame after the first that shows its effect. Bars: first paint 500 ms, interaction 100 ms. Ends
// with an error where a bar is missed.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const { chromium } = createRequire(join(root, "tests/page/package.json"))("playwright-core");
const PAINT = 500, ACT = 100, ROUNDS = Number(process.env.ROUNDS || 10);
const program = process.env.RASHOMON || join(root, "target/release/rashomon");
const maker = process.env.MAKER || join(root, "target/release/examples/page_ledger");
const out = process.env.OUT || join(root, "docs/reports/page-speed.md");

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const home = mkdtempSync(join(tmpdir(), "rashomon-speed-"));
const ledger = join(home, "large.ledger");
const made = spawnSync(maker, [ledger], { encoding: "utf8" });
if (made.status !== 0) throw new Error(made.stderr || "page_ledger failed");
const started = performance.now();
const server = spawn(program, ["open", "--ledger", ledger, "--no-open", "--as", "Speed"]);
const address = await new Promise((found) => {
  let said = "";
  server.stdout.on("data", (bytes) => {
    said += bytes;
    const at = said.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (at) found(at[0]);
  });
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const missed = [];
const rows = [];
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const paint = async (path) => {
    const page = await context.newPage();
    await page.goto(address + path, { waitUntil: "load", timeout: 300_000 });
    const at = await page.evaluate(() => new Promise((done) => {
      const known = performance.getEntriesByName("first-contentful-paint")[0];
      if (known) return done(known.startTime);
      new PerformanceObserver((list) => {
        const entry = list.getEntriesByName("first-contentful-paint")[0];
        if (entry) done(entry.startTime);
      }).observe({ type: "paint", buffered: true });
    }));
    await page.close();
    return at;
  };
  await paint("/");
  const ready = performance.now() - started;
  const first = await context.newPage();
  await first.goto(`${address}/`);
  const document = await first.locator("table.documents th a").first().getAttribute("href");
  const views = await first.locator("nav[aria-label=Pages] a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  await first.goto(`${address}/statements`);
  const statement = await first.locator("ol.statements .claim a").first().getAttribute("href");
  await first.goto(`${address}/view/actors`);
  const actor = await first.locator("td.actor a").first().getAttribute("href").catch(() => null);
  await first.close();
  const id = statement.split("/").pop();
  const paths = [...new Set([...views, document, `${document}?statement=${id}`, statement, `/mend/${id}`, actor, "/statements", "/statements?page=900",
    "/view/claims?voice=author", "/search?q=attacked", "/review?again=yes", "/agreement", "/name"].filter(Boolean))];
  for (const path of paths) {
    const cold = await paint(path);
    const warm = [];
    for (let n = 0; n < ROUNDS; n++) warm.push(await paint(path));
    const value = median(warm);
    if (value > PAINT) missed.push(`${path} paints after ${value.toFixed(0)} ms`);
    console.error(`${path}: ${cold.toFixed(0)}, then ${value.toFixed(0)} ms`);
    rows.push(`| \`${path.replace(/[0-9a-f]{32,}/g, "…")}\` | ${cold.toFixed(0)} | ${value.toFixed(0)} | ${value > PAINT ? "**missed**" : "met"} |`);
  }

  // Runs in the page: from the browser's own time of a key or click to the first frame in which what is seen is another, on
  // this page or the next.
  function watch(seen) {
    const look = () => { try { return seen(); } catch { return null; } };
    const now = () => performance.timeOrigin + performance.now();
    for (const kind of ["keydown", "click"]) {
      addEventListener(kind, (event) => {
        if (!event.isTrusted) return;
        sessionStorage.setItem("since", performance.timeOrigin + event.timeStamp);
        sessionStorage.setItem("before", look());
      }, true);
    }
    const frame = () => {
      const since = sessionStorage.getItem("since");
      const shown = since && document.readyState !== "loading" ? look() : null;
      if (shown !== null && String(shown) !== sessionStorage.getItem("before")) {
        sessionStorage.removeItem("since");
        // The frame that shows it is painted after this one's callbacks.
        requestAnimationFrame(() => sessionStorage.setItem("took", now() - Number(since)));
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  // What a person waits for after a key or a click.
  const acts = [];
  async function act(name, path, doing, seen, rounds = ROUNDS) {
    const page = await context.newPage();
    await page.addInitScript({ content: `(${watch})(${seen})` });
    await page.goto(address + path);
    const times = [];
    for (let n = 0; n < rounds + 1; n++) {
      await page.waitForLoadState("load");
      await page.evaluate(() => sessionStorage.removeItem("took"));
      await doing(page, n);
      const took = await (await page.waitForFunction(() => sessionStorage.getItem("took"))).jsonValue();
      if (n) times.push(Number(took));
    }
    await page.close();
    const value = median(times);
    if (value > ACT) missed.push(`${name}: ${value.toFixed(0)} ms`);
    acts.push(`| ${name} | ${value.toFixed(0)} | ${value > ACT ? "**missed**" : "met"} |`);
  }
  // First what changes nothing: a statement found wrong leaves the page.
  const marks = "() => location.search + (document.querySelector('#panel svg') ? 'drawn' : '')";
  await act("document: a click on marked words shows their chain", document, (page, n) => page.locator("a.m").nth(n % 20).click(), marks);
  await act("document: the next statement", `${document}?statement=${id}`, (page) => page.locator("#panel a[rel=next]").click(), marks);
  const shown = "() => document.querySelector('.desk input[name=first]')?.value ?? ''";
  await act("review: key n, the next statement stands there", "/review", (page) => page.keyboard.press("n"), shown);
  await act("review: key a, the verdict is on disk and the next stands there", "/review", (page) => page.keyboard.press("a"), shown);
  await act("review: key r, every view obeys and the next stands there", "/review", (page) => page.keyboard.press("r"), shown);

  const build = program.includes("/release/") ? "a release build" : "a development build, slower than a release";
  const lines = ["# Speed of the page", "",
    `Renewed by \`node scripts/reports/page_speed.mjs\` after \`cargo build --release -p rashomon --bins --examples\`; this is of ${build}.`,
    made.stdout.trim() + " (made up,",
    `always the same); Chromium without a window, server and browser on one machine (${arch()}, ${cpus().length} cores). The first page stood ${(ready / 1000).toFixed(1)} s after the start`,
    "of the program, which reads the whole ledger and finds out who is who.", "",
    `First contentful paint in ms: of the first visit, when tables may still be worked out, and the median of ${ROUNDS} more. Bar for the latter: ${PAINT}.`, "",
    "| page | first | median | |", "|---|---|---|---|", ...rows, "",
    `From the key or click to the frame that shows its effect, in ms, median of ${ROUNDS}. Bar: ${ACT}.`, "", "| interaction | median | |", "|---|---|---|", ...acts, ""];
  writeFileSync(out, lines.join("\n"));
  console.log(lines.join("\n"));
} finally {
  await browser.close();
  server.kill();
  rmSync(home, { recursive: true, force: true });
}
if (missed.length) {
  console.error(`missed: ${missed.join("; ")}`);
  process.exit(1);
}
