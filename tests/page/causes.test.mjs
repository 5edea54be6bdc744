// The map of causes as people use it: an arrow opens its statements, an experiment runs with the mouse, with the keyboard and
// without scripts, and its address shows the same to a colleague.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, open, within as withinHouse } from "./house.mjs";

const own = "/causes?of=document+admiral.txt&over=document+commission.pdf";

let house;
before(async () => { house = await open(); }, { timeout: 900_000 });
after(() => house?.close());

const within = (path, options, story) => withinHouse(house, path, options, story);

test("an arrow of the picture opens the words behind it, and the opposite edge is told", () => within(own, {}, async (page) => {
  assert.ok(await page.getByText("never a forecast").first().isVisible());
  assert.equal(await page.locator("table.overlay").getByText("opposite sign").count(), 1);
  await page.locator("figure.causes svg a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/statement/);
}));

test("a slider runs the experiment when it is let go, and its address shows the same again", () => within(own, {}, async (page) => {
  await page.locator("#change").selectOption({ index: 1 });
  const slider = page.locator(".slider input[type=range]");
  await slider.waitFor();
  await slider.focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press("ArrowRight");
  await page.waitForURL(/at-[0-9a-f]+=0\.[0-9]+/);
  await page.getByText("Intervention:").first().waitFor();
  const told = await page.locator("table.runs").textContent();
  await page.reload();
  assert.equal(await page.locator("table.runs").textContent(), told);
}));

test("it works without scripts", () => within(own, { javaScriptEnabled: false }, async (page) => {
  await page.locator("#change").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Run" }).click();
  assert.equal(await page.locator(".slider input[type=range]").count(), 1);
  assert.ok(await page.getByText("Intervention:").first().isVisible());
}));

test("no rule of WCAG 2.2 A or AA is broken, and nothing runs out of a narrow window", async () => {
  await within(`${own}&between=`, {}, async (page) => assert.deepEqual((await faults(page, "causes")).found, []));
});
