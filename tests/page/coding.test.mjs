// Coding words by hand: selected with the mouse, by the keyboard or written down, they are coded exactly as they stand, marked in the
// text, listed, given as files, and taken back; what cannot be coded is refused in words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { documentOf, faults, open, within as withinHouse } from "./house.mjs";

let house;
let skipper;
before(async () => {
  house = await open();
  skipper = await documentOf(house, "Deposition of Joseph Naylor");
}, { timeout: 900_000 });
after(() => house?.close());

const within = (path, options, story) => withinHouse(house, path, { as: "Reed", ...options }, story);

/** Selects words of a text, wherever the marks in it begin and end. */
const select = (page, words) => page.evaluate((wanted) => {
  for (const block of document.querySelectorAll(".leaf [data-at]")) {
    const at = block.textContent.indexOf(wanted);
    if (at < 0) continue;
    const place = (offset) => {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (offset <= node.length) return [node, offset];
        offset -= node.length;
      }
      throw new Error("no place");
    };
    const range = document.createRange();
    range.setStart(...place(at));
    range.setEnd(...place(at + wanted.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error(`not in the text: ${wanted}`);
}, words);

/** Some words from the middle of the text's longest paragraph, from the third word on. */
const some = (page, count) => page.evaluate((count) => {
  const blocks = [...document.querySelectorAll(".leaf p[data-at]")].sort((a, b) => b.textContent.length - a.textContent.length);
  return blocks[0].textContent.split(/\s+/).slice(2, 2 + count).join(" ");
}, count);

const shown = (page) => page.locator("#panel blockquote.claim");

test("selected words are coded with the keyboard, marked, listed, given as a file and taken back", () =>
  within(skipper, {}, async (page) => {
    const words = await some(page, 5);
    await select(page, words);
    await page.locator("a.code-words").waitFor();
    assert.ok((await page.locator("a.code-words").textContent()).includes(words));
    await page.keyboard.press("c");
    await shown(page).waitFor();
    assert.equal((await shown(page).textContent()).trim(), words, "exactly the selected words");
    assert.equal(await page.evaluate(() => document.activeElement.id), "panel-title", "the keyboard goes on in the form");
    await page.getByLabel("Whose word").fill("Joseph Naylor");
    await page.getByLabel("Concept").focus();
    await page.keyboard.type("The nets were down");
    const tabTo = async (name) => {
      for (let n = 0; n < 20; n++) {
        if (await page.evaluate((name) => document.activeElement.textContent === name, name)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`never reached: ${name}`);
    };
    await tabTo("Disagrees");
    await page.keyboard.press("Enter");
    const told = page.locator("#panel .reasons li");
    await told.waitFor();
    assert.match(await told.textContent(), /Joseph Naylor disagrees with The nets were down · by Reed/);
    const marked = await page.locator(".leaf .coded").allTextContents();
    assert.equal(marked.join("").replace(/\s+/g, " ").trim(), words);
    assert.ok((await page.locator(".codings li").textContent()).includes("The nets were down"));

    await page.goto(new URL("/discourse/statements?on=The+nets+were+down", house.address).href);
    assert.equal((await page.locator("ol.statements p.claim").textContent()).trim(), words);
    const csv = await (await page.request.get(new URL("/discourse/statements.csv?on=The+nets+were+down", house.address).href)).text();
    assert.ok(csv.includes(words) && csv.includes("disagree") && csv.includes("Reed"), csv);
    const parquet = await (await page.request.get(new URL("/discourse/network.parquet", house.address).href)).body();
    assert.equal(parquet.subarray(0, 4).toString(), "PAR1");

    await page.getByRole("link", { name: /Code these words otherwise/ }).click();
    await page.locator("#panel").getByRole("button", { name: /^Take back/ }).click();
    await page.waitForLoadState();
    assert.equal(await page.locator(".leaf .coded").count(), 0);
    assert.ok(await page.getByText("Nothing yet. Select words").isVisible());
  }));

test("without scripts words are written down, found and coded, and what cannot be is refused", () =>
  within(skipper, { javaScriptEnabled: false }, async (page) => {
    const text = (await page.locator(".leaf p").allTextContents()).sort((a, b) => b.length - a.length)[0];
    const parts = text.split(/\s+/).filter(Boolean);
    const words = parts.slice(3, 9).join(" ");
    const find = async (what) => {
      await page.getByLabel("Words to code, as").fill(what);
      await page.getByRole("button", { name: "Find them" }).click();
    };
    await find("words that nobody wrote");
    assert.match(await page.locator("#panel [role=alert]").textContent(), /“words that nobody wrote” does not stand in/);
    assert.equal(await page.getByLabel("Words to code, as").inputValue(), "words that nobody wrote");
    await find("the");
    assert.match(await page.locator("#panel [role=alert]").textContent(), /stands \d+ times/);
    assert.ok((await page.locator("#panel ol.around a").count()) > 1);
    await page.locator("#panel ol.around a").nth(1).click();
    assert.equal((await shown(page).textContent()).trim(), "the");
    await find(words);
    assert.equal((await shown(page).textContent()).trim(), words);
    await page.getByLabel("Concept").fill("Something seen");
    await page.getByText("Further variables").click();
    await page.getByLabel("One a line").fill("concept = twice");
    await page.getByRole("button", { name: "Agrees", exact: true }).click();
    assert.match(await page.locator("#panel [role=alert]").textContent(), /cannot be the name of a further variable/);
    assert.equal(await page.getByLabel("Concept").inputValue(), "Something seen", "what was written is not lost");
    await page.getByText("Further variables").click();
    await page.getByLabel("One a line").fill("tone = calm");
    await page.getByRole("button", { name: "Agrees", exact: true }).click();
    assert.match(await page.locator("#panel .reasons li").textContent(), /agrees with Something seen · tone calm · by Reed/);
    await page.goto(new URL("/history", house.address).href);
    assert.ok((await page.locator("tbody tr").first().textContent()).includes("Something seen"));
    await page.getByRole("button", { name: /^Take back/ }).first().click();
    await page.goto(new URL(skipper, house.address).href);
    assert.equal(await page.locator(".leaf .coded").count(), 0);
  }));

test("a forged place or other words than stand there are not kept", () =>
  within(skipper, {}, async (page) => {
    await page.goto(new URL(`${skipper}?code=900000-900010`, house.address).href);
    assert.match(await page.locator("#panel [role=alert]").textContent(), /No words stand at this place/);
    await page.goto(new URL(`${skipper}?code=0-12`, house.address).href);
    await page.evaluate(() => { document.querySelector("form.coding input[name=words]").value = "what nobody wrote"; });
    await page.getByLabel("Concept").fill("Forged");
    await page.getByRole("button", { name: "Agrees", exact: true }).click();
    assert.match(await page.locator("#panel [role=alert]").textContent(), /At this place stands “.+”, not “what nobody wrote”/);
    await page.goto(new URL("/history", house.address).href);
    assert.ok(!(await page.locator("#main").textContent()).includes("Forged"));
  }));

test("the form keeps the rules of accessibility and the width of its window", { timeout: 300_000 }, async () => {
  await within(`${skipper}?code=5-40`, {}, async (page) => {
    assert.deepEqual((await faults(page, "coding")).found, []);
  });
  await within("/discourse?backbone=3", {}, async (page) => {
    assert.ok((await page.locator("table.carriers tbody tr").count()) > 3);
    assert.deepEqual((await faults(page, "backbone")).found, []);
  });
});
