// How the page meets the eye and other senses: accessibility rules (axe-core, WCAG 2.2 A and AA), light and dark, wide
// and narrow, print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { documentOf, faults, open, visit } from "./house.mjs";

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

test("no page fails WCAG 2.2 A or AA (axe-core), is wider than its window, complains or asks another host", { timeout: 1_200_000 }, async () => {
  const found = [];
  let passed = 0;
  for (const [name, path] of Object.entries(pages)) {
    const page = await visit(house, path);
    const own = page.complaints.filter((c) => !(name === "missing" && c.includes("404")));
    const seen = await faults(page, name);
    found.push(...own.map((c) => `${name}: ${c}`), ...seen.found);
    passed += seen.passed;
    await page.context().close();
  }
  assert.deepEqual(found, []);
  assert.ok(passed > 500, `only ${passed} checks were made`);
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
