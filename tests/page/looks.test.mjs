// How the page meets the eye and other senses: accessibility rules (axe-core, WCAG 2.2 A and AA), light and dark, wide
// and narrow, print.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { documentOf, open, visit } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const windows = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
const schemes = ["light", "dark"];

let house;
const pages = {};
before(async () => {
  house = await open();
  const paper = await documentOf(house, /Dogger|fleet|trawler|North Sea/i);
  const page = await visit(house, paper);
  const mark = await page.locator("a.m:not(.own)").first().getAttribute("href");
  await page.context().close();
  const list = await visit(house, "/view/actors?actor=zhestvensky");
  const actor = await list.locator("td.actor a").first().getAttribute("href");
  await list.context().close();
  const statement = mark.match(/statement=([0-9a-f]+)/)[1];
  Object.assign(pages, {
    documents: "/", document: paper, chosen: paper + mark, statement: `/statement/${statement}`,
    persian: await documentOf(house, "آتش در آسیاب"), claims: "/view/claims", chains: "/view/chains",
    actors: "/view/actors", actor, naming: "/view/naming", compare: "/view/compare", contradictions: "/view/compare?verdict=contradict", corroboration: "/view/corroboration", sources: "/view/sources", statements: "/statements", search: "/search?q=torpedo", nothing: "/search?q=zeppelin",
    missing: "/nowhere", tour: "/tour", step: "/?tour=1",
    "picture-timeline": "/picture/timeline", "picture-voices": "/picture/timeline?lanes=voices",
    "picture-network": "/picture/network", "picture-naming": "/picture/naming", "picture-chains": "/picture/chains",
    "picture-balance": "/picture/balance", "picture-threats": "/picture/threats", "picture-sources": "/picture/sources",
    timeline: "/view/timeline", network: "/view/network", balance: "/view/balance", threats: "/view/threats", sectors: "/view/sectors",
  });
}, { timeout: 900_000 });
after(() => house?.close());

async function everywhere(story) {
  for (const [name, path] of Object.entries(pages)) {
    for (const window of windows) {
      for (const colorScheme of schemes) {
        const page = await visit(house, path, { ...window, colorScheme });
        await story(page, `${name} ${window.width} ${colorScheme}`);
        await page.context().close();
      }
    }
  }
}

test("no page fails WCAG 2.2 A or AA (axe-core), complains in the console or asks another host", { timeout: 1_200_000 }, async () => {
  const found = [];
  let passed = 0;
  await everywhere(async (page, where) => {
    const own = page.complaints.filter((c) => !(where.startsWith("missing") && c.includes("404")));
    found.push(...own.map((c) => `${where}: ${c}`));
    await page.evaluate(axe);
    const result = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), rules);
    passed += result.passes.length;
    for (const violation of result.violations) {
      found.push(`${where}: ${violation.id}: ${violation.nodes[0].target} (${violation.nodes.length})`);
    }
  });
  assert.deepEqual(found, []);
  assert.ok(passed > 500, `only ${passed} checks were made`);
});

test("no page is wider than its window, down to 320 pixels", { timeout: 600_000 }, async () => {
  for (const width of [1280, 800, 390, 320]) {
    for (const [name, path] of Object.entries(pages)) {
      const page = await visit(house, path, { width });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} at ${width} runs over by ${over}`);
      await page.context().close();
    }
  }
});

test("light and dark are different and each is what the system asks for", async () => {
  const ground = async (colorScheme) => {
    const page = await visit(house, "/", { colorScheme });
    const [r] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
    await page.context().close();
    return r;
  };
  assert.ok((await ground("light")) > 200);
  assert.ok((await ground("dark")) < 60);
});

test("voices differ by line as well as by colour", async () => {
  const page = await visit(house, pages.document);
  const looks = await page.locator(".legend .swatch").evaluateAll((all) => all.map((s) => {
    const { textDecorationStyle, textDecorationColor } = getComputedStyle(s);
    return `${textDecorationStyle} ${textDecorationColor}`;
  }));
  assert.equal(new Set(looks).size, looks.length, looks.join("; "));
  assert.ok(new Set(looks.map((l) => l.split(" ")[0])).size > 1);
  await page.context().close();
});

test("in a narrow window the chain does not cover the words it belongs to", async () => {
  const page = await visit(house, pages.document, { width: 390 });
  const mark = page.locator("a.m:not(.own)").last();
  await mark.click();
  await page.locator("#panel svg").waitFor();
  const [words, sheet] = [await page.locator("a.m[aria-current]").first().boundingBox(), await page.locator("#panel").boundingBox()];
  assert.ok(words.y >= 0 && words.y + 10 < sheet.y, `${words.y} under ${sheet.y}`);
  await page.context().close();
});

test("on paper the text stands without the page's tools and keeps its marks", async () => {
  const page = await visit(house, pages.chosen);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 680, height: 960 });
  assert.equal(await page.locator("#panel").evaluate((p) => getComputedStyle(p).position), "static");
  assert.ok(!(await page.locator(".top").isVisible()));
  assert.ok(await page.locator(".leaf").isVisible());
  const line = await page.locator("a.m:not(.own)").first().evaluate((m) => getComputedStyle(m).textDecorationLine);
  assert.equal(line, "underline");
  await page.context().close();
});
