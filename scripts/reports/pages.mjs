// How the pages look and how they move: a picture of each page in docs/reports/pages, those of the guide in docs/guide,
// and the figures of docs/reports/pages.md. Needs what the page tests need (`npm ci --prefix tests/page`, Chromium).
//     node scripts/reports/pages.mjs [pages] [guide] [frames]
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentOf, open, root, sample, visit } from "../../tests/page/house.mjs";

const wanted = process.argv.slice(2);
const wants = (part) => !wanted.length || wanted.includes(part);
const shots = join(root, "docs/reports/pages");
const guide = join(root, "docs/guide");

/** Saves what the window shows, at half its size or whole. */
async function shoot(page, file, { scale = 0.5, quality = 55 } = {}) {
  const { width, height } = page.viewportSize();
  const [x, y] = await page.evaluate(() => [scrollX, scrollY]);
  const client = await page.context().newCDPSession(page);
  const { data } = await client.send("Page.captureScreenshot", {
    format: "webp", quality, clip: { x, y, width, height, scale },
  });
  writeFileSync(file, Buffer.from(data, "base64"));
}

/** Everything that has an address. */
async function every(house) {
  const paper = await documentOf(house, /Report of the Commissioners/);
  const page = await visit(house, paper);
  const mark = await page.locator("a.m:not(.own)").first().getAttribute("href");
  await page.context().close();
  const actors = await visit(house, "/view/actors?actor=zhestvensky");
  const actor = await actors.locator("td.actor a").first().getAttribute("href");
  await actors.context().close();
  return {
    overview: "/", tour: "/tour", "tour-step": "/picture/chains?tour=4", document: paper, chosen: paper + mark,
    statement: `/statement/${mark.match(/statement=([0-9a-f]+)/)[1]}`, actor, statements: "/statements",
    ...Object.fromEntries(["claims", "chains", "actors", "naming", "timeline", "network", "balance", "threats", "sectors", "compare",
      "corroboration", "sources"].map((v) => [`table-${v}`, `/view/${v}`])),
    ...Object.fromEntries(["timeline", "network", "naming", "chains", "balance", "threats", "sources"].map((v) => [`picture-${v}`, `/picture/${v}`])),
    "picture-voices": "/picture/timeline?lanes=voices", search: "/search?q=torpedo", nothing: "/search?q=zeppelin", missing: "/nowhere",
  };
}

async function pages() {
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  const house = await open();
  const addresses = await every(house);
  addresses["right-to-left"] = await documentOf(house, "آتش در آسیاب");
  for (const [name, path] of Object.entries(addresses)) {
    for (const [width, height, colorScheme] of [[1280, 900, "light"], [1280, 900, "dark"], [390, 844, "light"], [390, 844, "dark"]]) {
      const page = await visit(house, path, { width, height, colorScheme });
      await shoot(page, join(shots, `${name}-${width}-${colorScheme}.webp`), { scale: width > 600 ? 0.5 : 0.7, quality: 40 });
      await page.context().close();
    }
  }
  await house.close();
  const files = readdirSync(shots);
  const size = files.reduce((sum, file) => sum + statSync(join(shots, file)).size, 0);
  console.log(`${files.length} pictures, ${(size / 1e6).toFixed(2)} MB`);
  return { pictures: files.length, pages: Object.keys(addresses).length, megabytes: (size / 1e6).toFixed(1) };
}

async function pictures() {
  mkdirSync(guide, { recursive: true });
  const house = await open(sample);
  const addresses = await every(house);
  for (const [name, height] of [["overview", 800], ["chosen", 760], ["picture-chains", 980], ["picture-timeline", 640], ["picture-naming", 760],
    ["picture-sources", 420], ["table-compare", 700], ["nothing", 420]]) {
    const page = await visit(house, addresses[name], { width: 1180, height });
    // The picture itself, not what stands above it.
    if (name.startsWith("picture")) await page.evaluate(() => document.querySelector(".tally").scrollIntoView());
    await shoot(page, join(guide, `${name}.webp`), { scale: 0.75, quality: 60 });
    await page.context().close();
  }
  await house.close();
}

/** A folder in which 500 actors are tied by 2,000 ties, made by a fixed rule. */
function crowd(folder) {
  const given = "Anna Karl Maria Hans Clara Otto Ruth Paul Helen Frank Emma Louis Alice Peter Laura Simon Julia Victor Martha Henry Diana Oscar Sylvia Arthur Nora".split(" ");
  const family = "Baker Stone Marsh Holt Fielding Carver Dale Wood Hart Lang Morris Novak Olsen Perry Quist Rossi Sand Tate Vogel Weber".split(" ");
  const people = family.flatMap((b) => given.map((a) => `${a} ${b}`));
  const verbs = ["attacked", "supported", "met", "condemned", "killed", "criticised"];
  const lines = [];
  for (let n = 0; n < 3000; n++) {
    const [a, b] = [people[n % 500], people[(n * 7 + 1 + Math.floor(n / 500) * 31) % 500]];
    if (a !== b) lines.push(`${a} ${verbs[n % verbs.length]} ${b} in ${1900 + (n % 60)}.`);
  }
  for (let n = 0; n < 30; n++) writeFileSync(join(folder, `letter ${n}.txt`), lines.slice(n * 100, n * 100 + 100).join(" ") + "\n");
}

async function frames() {
  const house = await open(crowd);
  const started = Date.now();
  const page = await visit(house, "/picture/network");
  const load = Date.now() - started;
  const shown = await page.evaluate(() => [".actor", ".tie-of"].map((c) => document.querySelectorAll(`.canvas ${c}`).length));
  const larger = page.getByRole("button", { name: "Larger" });
  await larger.click();
  const push = await page.evaluate(async () => {
    const canvas = document.querySelector(".canvas");
    const times = [];
    let before = await new Promise(requestAnimationFrame);
    for (let n = 0; n < 120; n++) {
      canvas.scrollTo(400 + 300 * Math.sin(n / 9), 400 + 300 * Math.cos(n / 9));
      const now = await new Promise(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    times.sort((a, b) => a - b);
    return { median: 1000 / times[60], slow: 1000 / times[113] };
  });
  const grow = await page.evaluate(async () => {
    const button = [...document.querySelectorAll(".zoom button")].find((b) => b.textContent === "Larger");
    const started = performance.now();
    button.click();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
  });
  const note = await page.getByText(/Thinned:/).count() ? await page.getByText(/Thinned:/).textContent() : "nothing thinned";
  await house.close();
  return { load, shown, push, grow, note };
}

const told = { pages: wants("pages") && (await pages()), guide: wants("guide") && (await pictures()), frames: wants("frames") && (await frames()) };
console.log(JSON.stringify(told, null, 1));
if (told.pages && told.frames) {
  const { shown, push, grow, load, note } = told.frames;
  writeFileSync(join(root, "docs/reports/pages.md"), `# Pages

Made by \`node scripts/reports/pages.mjs\` with Debian's Chromium, headless, on the bundled sample and four texts of the tests (two from right to left, one
hostile, one that cannot be read).

**${told.pages.pages} pages, each in light and dark, 1280 and 390 pixels wide: ${told.pages.pictures} pictures in [pages](pages), ${told.pages.megabytes} MB.** That no page breaks WCAG 2.2 A
or AA (axe-core), complains in the console, asks another host or runs over its window is held by \`tests/page/looks.test.mjs\`; that every mark
of every picture and every link opens what it says by \`tests/page/gallery.test.mjs\`.

## Moving a large network
A made-up case of 30 letters whose words tie 500 people about 3,000 times; drawn: ${shown[0]} actors, ${shown[1]} ties (${note.trim().replace(/\.$/, "").replace("Thinned", "thinned")}).

Pushed about: ${push.median.toFixed(0)} frames a second in the median, ${push.slow.toFixed(0)} in the slowest twentieth. Made larger by a step: drawn after ${grow.toFixed(0)} ms. Choosing a year asks the
server for the picture of that year, in which all actors keep their places.

The page of this network was there after ${(load / 1000).toFixed(1)} s in a build without optimisation.
`);
}
