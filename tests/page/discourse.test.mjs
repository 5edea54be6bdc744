// The page of a debate: its matrix and picture lead to coded statements, and coding one by hand changes both.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { faults, open, within as withinHouse } from "./house.mjs";

const concepts = fileURLToPath(new URL("../../fixtures/dogger-bank/concepts.toml", import.meta.url));

let house;
before(async () => {
  house = await open();
  const kept = spawnSync(house.rashomon, ["import", "--ledger", join(house.home, "case.ledger"), concepts], { encoding: "utf8" });
  assert.equal(kept.status, 0, kept.stderr);
}, { timeout: 900_000 });
after(() => house?.close());

const within = (path, options, story) => withinHouse(house, path, { as: "Reed", ...options }, story);

const row = (page, name) => page.locator("table.debate tbody tr", { hasText: name });

test("the menu leads to the debate, whose camps are those of the sample", () =>
  within("/", {}, async (page) => {
    await page.getByRole("link", { name: "Discourse", exact: true }).click();
    const camp = async (name) => (await row(page, name).locator("td").first().textContent()).trim();
    const admiral = await camp("Rozhestvensky");
    assert.equal(await camp("Captain Clado"), admiral);
    assert.notEqual(await camp("Joseph Naylor"), admiral);
    assert.ok(await page.getByText(/Frustration 0\.\d{4}/).isVisible());
  }));

test("a cell leads to its statements, a code by hand changes it and is taken back", () =>
  within("/discourse", {}, async (page) => {
    const cell = () => row(page, "Arthur Smith").locator("td.agree a, td.disagree a").first();
    assert.match(await cell().textContent(), /\+1/);
    await cell().click();
    await page.getByRole("button", { name: /^Disagrees/ }).first().click();
    assert.ok(await page.getByText("coded by Reed").first().isVisible());
    await page.getByRole("link", { name: "The debate" }).click();
    assert.match(await cell().textContent(), /−1/);
    await cell().click();
    await page.getByRole("button", { name: "Take back" }).first().click();
    assert.ok(await page.getByText("coded by the program").first().isVisible());
  }));

test("a statement's own page leads to a form that codes it on any concept", () =>
  within("/statements", {}, async (page) => {
    await page.locator("ol.statements p.claim a").first().click();
    await page.getByRole("link", { name: "Code it by hand" }).click();
    await page.getByLabel("Concept:").fill("Something of one's own");
    await page.getByRole("button", { name: "Agrees", exact: true }).click();
    assert.ok(await page.getByText("Something of one's own").first().isVisible());
    await page.getByLabel("Concept:").fill("Something of one's own");
    await page.getByRole("button", { name: "Take back" }).click();
    assert.ok(await page.getByText("It is not coded.").isVisible());
  }));

test("what is chosen stands in the address and in the picture", () =>
  within("/discourse?network=concepts&measure=congruence", {}, async (page) => {
    assert.equal(await page.locator("select#network").inputValue(), "concepts");
    assert.ok((await page.locator("svg.network line").count()) > 0);
    await page.getByText("The lines as a list").click();
    await page.locator("details[open] ul.reasons a").first().click();
    assert.ok(page.url().includes("measure=congruence") && page.url().includes("with="));
    assert.ok((await page.locator("ol.statements li").count()) > 1);
  }));

test("the debate keeps the rules of accessibility and the width of its window", { timeout: 300_000 }, async () => {
  for (const path of ["/discourse", "/discourse/statements"]) {
    await within(path, {}, async (page) => assert.deepEqual((await faults(page, path)).found, []));
  }
});
