// Accounts side by side as people use them: without scripts, in a narrow window, by axe-core's rules (WCAG 2.2 A and AA).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, open, visit } from "./house.mjs";

const windows = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];

let house, both, two;
before(async () => {
  house = await open();
  const page = await visit(house, "/compare");
  // The pair with the most contradictions stands first.
  both = await page.locator("td.claim a").first().getAttribute("href");
  await page.goto(new URL(both, house.address).href);
  two = await page.getByRole("link", { name: "These two by themselves" }).first().getAttribute("href");
  await page.context().close();
}, { timeout: 900_000 });
after(() => house?.close());

test("both sides stand beside each other, what differs is marked, and one click leads to each place", async () => {
  const page = await visit(house, both, { javaScriptEnabled: false });
  const first = page.locator(".relation").first();
  assert.match(await first.locator("h2").textContent(), /contradict/);
  assert.ok((await first.locator(".reason").textContent()).trim().length > 10);
  assert.equal(await first.locator(".side").count(), 2);
  const [a, b] = await first.locator(".side").evaluateAll((all) => all.map((side) => side.getBoundingClientRect()));
  assert.ok(a.right <= b.left + 1 && Math.abs(a.top - b.top) < 2, "not beside each other");
  assert.ok((await page.locator("mark.number-changed").count()) > 0, "no number is marked");
  for (const n of [0, 1]) {
    await page.goto(new URL(both, house.address).href);
    await page.locator(".relation").first().locator(".side").nth(n).getByRole("link", { name: /Place in the document/ }).click();
    await page.waitForURL(/at=\d+-\d+/);
    assert.ok((await page.locator(".found").count()) >= 1);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("the texts below lead to what is said of their words", async () => {
  const page = await visit(house, both, { javaScriptEnabled: false });
  const mark = page.locator(".leaf a.rel").first();
  const target = await mark.getAttribute("href");
  await mark.click();
  assert.ok(page.url().endsWith(target));
  assert.equal(await page.locator(target).count(), 1);
  await page.context().close();
});

test("a comparison is judged wrong and taken back, without scripts and in a narrow window", async () => {
  const page = await visit(house, two, { ...windows[1], javaScriptEnabled: false });
  const heading = () => page.locator(".relation h2").textContent();
  const before = await heading();
  await page.getByRole("button", { name: /^Wrong/ }).click();
  // A browser that has no name yet is asked for one, once.
  await page.getByLabel("Your name").fill("Reed");
  await page.getByRole("button", { name: "Keep the verdict" }).click();
  await page.getByText(/Judged\s+wrong/).waitFor();
  assert.notEqual(await heading(), before);
  assert.ok(page.url().includes("/compare/"));
  await page.getByRole("button", { name: /^Take back/ }).click();
  await page.locator(".notice").waitFor({ state: "detached" });
  assert.equal(await heading(), before);
  await page.context().close();
});

test("no page of it fails axe-core or is wider than its window", { timeout: 600_000 }, async () => {
  const found = [];
  for (const path of ["/compare", both, two]) {
    const page = await visit(house, path);
    found.push(...page.complaints, ...(await faults(page, path)).found);
    await page.context().close();
  }
  assert.deepEqual(found, []);
});

test("a view is saved as Parquet", async () => {
  const page = await visit(house, "/view/compare");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Parquet" }).click()]);
  assert.equal(file.suggestedFilename(), "rashomon-compare.parquet");
  await page.getByRole("link", { name: "Side by side", exact: true }).first().click();
  await page.waitForURL(/\/compare\//);
  await page.context().close();
});
