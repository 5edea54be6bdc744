// What the tests stand on: the real program, a ledger read from the bundled sample and a few texts of our own, its page,
// and the system's Chromium. Nothing is simulated. RASHOMON names a program to use instead of building one, CHROMIUM
// another browser.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const persian = `آتش در آسیاب

ناخدا گفت: «چراغ‌های اسکله تا سحر روشن بود.» به گفتهٔ شهردار، هیچ‌کس در آسیاب نبود.

BBC گزارش داد که باران سه ساعت بارید و رودخانه بالا آمد.
`;
const arabic = `حريق الطاحونة

قال العمدة إن الجسر لم يسقط. وأضاف الصياد: «رأينا المصابيح مطفأة قبل منتصف الليل».
`;
export const evil = `<script>window.pwned=1</script><img src=x onerror="window.pwned=2">`;
const hostile = `The keeper ${evil} kept the light.

The keeper said "the ${evil} light was out".
`;

function program() {
  if (process.env.RASHOMON) return process.env.RASHOMON;
  const built = spawnSync("cargo", ["build", "--quiet", "-p", "rashomon"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (built.status !== 0) throw new Error("cargo build failed");
  return join(process.env.CARGO_TARGET_DIR || join(root, "target"), "debug/rashomon");
}

function write(folder, name, text, meta) {
  writeFileSync(join(folder, name), text);
  if (meta) writeFileSync(join(folder, `${name}.meta.json`), JSON.stringify(meta));
}

/** Fills a folder with the sample. */
export function sample(folder) {
  cpSync(join(root, "fixtures/dogger-bank/accounts"), folder, { recursive: true });
}

/** Fills a folder with the sample and our texts. */
function all(folder) {
  sample(folder);
  write(folder, "fa.txt", persian, { title: "آتش در آسیاب", authors: ["مریم صادقی"], language: "fa" });
  write(folder, "ar.txt", arabic, { title: "حريق الطاحونة", language: "ar" });
  write(folder, "hostile.txt", hostile, { title: evil, authors: [evil] });
  write(folder, "broken.pdf", "%PDF-1.7\nthis is not a PDF\n");
  write(folder, "zz copy of skipper.txt", readFileSync(join(folder, "skipper.txt")));
}

/** A ledger of a folder, which is filled first, with its page. */
export async function open(fill = all) {
  const rashomon = program();
  const home = mkdtempSync(join(tmpdir(), "rashomon-page-"));
  const folder = join(home, "accounts");
  mkdirSync(folder);
  fill(folder);

  const ledger = "case.ledger";
  const read = (...paths) => {
    const done = spawnSync(rashomon, ["read", "--ledger", ledger, ...paths], { encoding: "utf8", cwd: home });
    if (done.status === null || done.status > 1) throw new Error(`rashomon read: ${done.stderr}`);
    return done;
  };
  read("accounts");
  const server = spawn(rashomon, ["open", "--ledger", ledger, "--no-open", "--port", "0"], { cwd: home });
  const address = await new Promise((found, failed) => {
    let said = "";
    const listen = (bytes) => {
      said += bytes;
      const at = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (at) found(at[0]);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("exit", (code) => failed(new Error(`rashomon open ended with ${code}: ${said}`)));
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
  return {
    address, browser, read, home, rashomon, write: (name, text) => write(home, name, text),
    async close() {
      await browser.close();
      server.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A page in a window of a width, for a person whose name the browser knows if `as` gives one; what it complains of and whom
 *  it asks is kept. */
export async function visit(house, path = "/", options = {}) {
  const { width = 1280, height = width > 600 ? 900 : 844, as = "", ...rest } = options;
  const context = await house.browser.newContext({ viewport: { width, height }, ...rest });
  if (as) await context.addCookies([{ name: "rashomon-person", value: encodeURIComponent(as), url: house.address }]);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().replace(/^blob:/, "").startsWith(house.address)) page.complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(new URL(path, house.address).href);
  return page;
}

/** The address of the document whose link on the first page holds some words. */
export async function documentOf(house, words) {
  const page = await visit(house, "/");
  const href = await page.getByRole("row").getByRole("link", { name: words }).first().getAttribute("href");
  await page.context().close();
  return href;
}

/** A visit that ends with the page closed and nothing complained of. */
export async function within(house, path, options, story) {
  const page = await visit(house, path, options);
  await story(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

/**
 * What is wrong with how a page looks: axe-core's findings for WCAG 2.2 A and AA, the contrast of dark mode among them,
 * and words that run out of the window at any of the widths. axe-core looks at a wide window and at that of a telephone.
 */
export async function faults(page, where, widths = [1280, 800, 390, 320]) {
  const found = [];
  let passed = 0;
  const ask = async (what, options) => {
    const result = await page.evaluate((o) => globalThis.axe.run(document, o), options);
    passed += result.passes.length;
    found.push(...result.violations.map((v) => `${what}: ${v.id}: ${v.nodes[0].target} (${v.nodes.length})`));
  };
  await page.evaluate(axe);
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${where} at ${width} runs over by ${over}`);
    if (width !== 1280 && width !== 390) continue;
    await page.emulateMedia({ colorScheme: "light" });
    await ask(`${where} at ${width}`, { runOnly: { type: "tag", values: rules } });
    await page.emulateMedia({ colorScheme: "dark" });
    await ask(`${where} at ${width}, dark`, { runOnly: { type: "rule", values: ["color-contrast"] } });
  }
  return { found, passed };
}
