// What the pages show at a glance: pictures whose every mark opens its statements, files of them, the slider, the tour, and
// a walk through every link.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { evil, open, within as withinHouse } from "./house.mjs";

export const pictures = ["timeline", "network", "naming", "chains", "balance", "threats", "sources"];

let house;
before(async () => {
  house = await open();
}, { timeout: 900_000 });
after(() => house?.close());

const within = (path, options, story) => withinHouse(house, path, options, story);

const at = (path) => new URL(path, house.address).href;
const marks = (page) => page.locator(".canvas svg a");

test("each mark of each picture opens as many statements as it says, and its address returns the same picture", { timeout: 600_000 }, async () => {
  let followed = 0;
  for (const name of pictures) {
    await within(`/picture/${name}`, {}, async (page) => {
      const links = await marks(page).evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.getAttribute("aria-label")]));
      const empty = await page.getByText("There is nothing to draw.").count();
      assert.equal(empty, links.length ? 0 : 1, `${name} has ${links.length} marks`);
      assert.ok(links.every(([, label]) => label.length > 3), `a mark of ${name} has no name`);
      const [one, two] = await Promise.all([0, 1].map(async () => (await fetch(at(`/picture/${name}`))).text()));
      assert.equal(one, two);
      for (const [href, label] of links) {
        const answer = await fetch(at(href));
        const text = await answer.text();
        assert.equal(answer.status, 200, `${href} of ${name}`);
        const told = label.match(/: (\d+) statements/);
        if (told && href.startsWith("/statements")) {
          assert.ok(text.includes(`${told[1]} statements`) , `${label} of ${name} opens another number`);
        }
        assert.ok(href.startsWith("/statement/") || text.includes('<p class="claim"'), `${href} of ${name} opens nothing`);
        followed += 1;
      }
    });
  }
  assert.ok(followed > 100, `only ${followed} marks`);
});

test("a picture is saved as SVG, CSV and PNG", () => within("/picture/chains", {}, async (page) => {
  const save = async (name) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
    return [file.suggestedFilename(), readFileSync(await file.path())];
  };
  const [svg, drawing] = await save("SVG");
  assert.equal(svg, "rashomon-chains.svg");
  assert.match(drawing.toString(), /^<svg[^>]*>\n<title[^>]*>Chains and roots<\/title>/);
  assert.ok(!drawing.includes("href") && !drawing.includes("var(--"));
  const [csv, table] = await save("CSV");
  assert.equal(csv, "rashomon-picture-chains.csv");
  assert.ok(table.toString().split("\n").length > 20 && table.includes("statements behind it"));
  const [png, picture] = await save("PNG");
  assert.equal(png, "rashomon-chains.png");
  assert.deepEqual([...picture.subarray(1, 4)], [...Buffer.from("PNG")]);
  assert.ok(picture.length > 20_000, `a picture of ${picture.length} bytes is empty`);
}));

test("the keyboard reaches a mark, shows where it is, and opens its statements", () => within("/picture/sources", {}, async (page) => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => [document.activeElement.getAttribute("aria-label"), document.activeElement.getAttribute("href")]);
  assert.match(focused[0], /author’s own word: \d+ of \d+/);
  const stroke = await page.evaluate(() => getComputedStyle(document.activeElement.querySelector(".hit")).strokeWidth);
  assert.equal(stroke, "3px");
  await page.keyboard.press("Enter");
  await page.waitForURL(/statement/);
  await page.goBack();
  await page.getByRole("link", { name: /^Skip the picture/ }).focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#as-table$/);
}));

test("pictures and the tour need no script", { timeout: 120_000 }, () => within("/picture/timeline", { javaScriptEnabled: false }, async (page) => {
  await page.getByRole("link", { name: "A lane for each voice" }).click();
  await page.waitForURL(/lanes=voices/);
  assert.equal(await page.getByRole("link", { name: "PNG" }).count(), 0, "what needs a script is not offered");
  await marks(page).first().click();
  await page.waitForURL(/statement/);
  await page.goto(at("/picture/network"));
  if (await page.locator(".year-slider").count()) {
    await page.getByRole("button", { name: "Show this year" }).click();
    await page.waitForURL(/year=\d+/);
  }
}));

test("the slider chooses a year and the address says which", () => within("/picture/network", {}, async (page) => {
  const slider = page.getByRole("slider");
  const last = await slider.getAttribute("max");
  await slider.focus();
  await slider.evaluate((s) => { s.value = s.max; s.dispatchEvent(new Event("input")); s.dispatchEvent(new Event("change")); });
  await page.waitForURL(new RegExp(`year=${last}`));
  await page.getByText(`Ties said to hold in ${last};`).waitFor();
  const shown = await marks(page).count();
  await page.reload();
  assert.equal(await marks(page).count(), shown);
}));

test("the filters of a picture keep what was chosen, and a voice has its own network", () =>
  within("/picture/timeline?lanes=voices", {}, async (page) => {
    await page.locator("summary", { hasText: "Filters" }).click();
    await page.getByLabel("Voice", { exact: true }).fill("author");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.waitForURL(/lanes=voices.*voice=author|voice=author.*lanes=voices/);
    await page.goto(at("/picture/network?voice=nobody+of+this+name"));
    assert.ok(await page.getByText("There is nothing to draw.").isVisible());
    assert.ok(await page.getByText(/Searched \d+ documents for voice: nobody of this name/).isVisible());
    await page.goto(at("/view/timeline"));
    await page.getByRole("link", { name: "As a picture" }).click();
    await page.waitForURL(/picture\/timeline/);
  }));

test("a picture is made larger and pushed about, and a push is no click", () => within("/picture/chains", {}, async (page) => {
  const canvas = page.locator(".canvas");
  for (let n = 0; n < 3; n++) await page.getByRole("button", { name: "Larger" }).click();
  const box = await canvas.boundingBox();
  const address = page.url();
  await page.mouse.move(box.x + 600, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 200, { steps: 8 });
  await page.mouse.up();
  assert.ok((await canvas.evaluate((c) => c.scrollLeft)) > 100);
  assert.equal(page.url(), address);
  await page.getByRole("button", { name: "Whole" }).click();
}));

test("the tour leads from the overview through every step and ends there", { timeout: 120_000 }, () => within("/", {}, async (page) => {
  await page.getByRole("link", { name: "A tour of five minutes" }).click();
  const steps = await page.locator("ol.tour li").count();
  assert.ok(steps >= 8, `only ${steps} steps`);
  await page.getByRole("link", { name: "Begin" }).click();
  for (let n = 1; n <= steps; n++) {
    await page.locator(".tour-bar").getByText(`Tour, ${n} of ${steps}:`).waitFor();
    assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
    const next = page.locator(".tour-bar a[rel=next]");
    if (n < steps) await next.click();
    else assert.equal(await next.count(), 0);
  }
  await page.getByRole("link", { name: "End the tour" }).click();
  assert.equal(await page.locator(".tour-bar").count(), 0);
}));

test("words of a document never run in a picture", async () => {
  for (const name of pictures) {
    await within(`/picture/${name}`, {}, async (page) => {
      assert.equal(await page.evaluate(() => window.pwned), undefined);
      assert.equal(await page.locator("main img, main script").count(), 0);
    });
  }
  await within("/picture/sources", {}, async (page) => {
    const names = await page.locator(".canvas svg text.name").allTextContents();
    assert.ok(names.some((n) => evil.startsWith(n.replace(/[…\u2068\u2069]/gu, ""))), names.join("; "));
  });
});

test("in dark mode pictures are drawn on a dark ground, and on paper without tools", async () => {
  await within("/picture/timeline", { colorScheme: "dark" }, async (page) => {
    const [ground, ink] = await page.evaluate(() => [
      getComputedStyle(document.querySelector(".canvas")).backgroundColor,
      getComputedStyle(document.querySelector(".canvas text")).fill,
    ].map((c) => Number(c.match(/\d+/)[0])));
    assert.ok(ground < 60 && ink > 180, `${ground} ${ink}`);
  });
  await within("/picture/timeline", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".zoom").isVisible()) && !(await page.locator(".filters").isVisible()));
    assert.ok(await page.locator(".canvas svg").isVisible());
  });
});

test("every link of every page leads somewhere on this host", { timeout: 600_000 }, async () => {
  const seen = new Set(["/"]);
  const open = ["/", "/tour"];
  const texts = new Map();
  while (open.length) {
    const path = open.shift();
    const answer = await fetch(at(path));
    assert.equal(answer.status, 200, path);
    if (!answer.headers.get("content-type").startsWith("text/html")) continue;
    const text = await answer.text();
    texts.set(path, text.length);
    // Documents and statements are many and alike: of each sort some are walked.
    for (const [, raw] of text.matchAll(/\shref="([^"]*)"/g)) {
      const href = raw.replaceAll("&amp;", "&").replaceAll("&quot;", '"');
      const url = new URL(href, at(path));
      assert.equal(url.origin, new URL(house.address).origin, `${href} on ${path}`);
      const next = url.pathname + url.search;
      const sort = url.pathname.split("/")[1];
      const alike = [...seen].filter((s) => s.split(/[/?]/)[1] === sort).length;
      if (!seen.has(next) && alike < 150) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  assert.ok(seen.size > 400, `only ${seen.size} addresses`);
});
