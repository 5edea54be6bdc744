// The page as people use it: with a mouse, with the keyboard alone, without scripts, in both directions of writing.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { documentOf, evil, open, visit, within as withinHouse } from "./house.mjs";

let house, paper;
before(async () => {
  house = await open();
  paper = await documentOf(house, /Dogger|fleet|trawler|North Sea/i);
}, { timeout: 900_000 });
after(() => house?.close());

const within = (path, options, story) => withinHouse(house, path, options, story);

/** The first mark of a voice that is not the author. */
const voices = (page) => page.locator("a.m:not(.own)");

test("the first page lists the documents, what could not be read, and copies", () => within("/", {}, async (page) => {
  const rows = page.locator("table.documents tbody tr");
  assert.equal(await rows.count(), 9);
  assert.ok(await page.getByText("accounts/broken.pdf").isVisible());
  assert.ok(await page.getByText("accounts/zz copy of skipper.txt").first().isVisible());
}));

test("a click on marked words opens their chain beside the text, and Escape gives the place back", () =>
  within(paper, {}, async (page) => {
    const mark = voices(page).first();
    const words = await mark.textContent();
    await mark.click();
    const picture = page.locator("#panel svg[role=img]");
    await picture.waitFor();
    assert.match(await picture.locator("desc").textContent(), /reports|asserts|endorses|hedges|distances|denies/);
    assert.ok((await page.locator("#panel blockquote").textContent()).includes(words.trim().replace(/\s+/g, " ").slice(0, 12)));
    assert.match(page.url(), /statement=[0-9a-f]{32}/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "panel-title");
    assert.ok((await page.locator("a.m[aria-current=true]").count()) >= 1);

    await page.keyboard.press("Escape");
    await page.locator("#panel .hint").waitFor();
    assert.ok(!page.url().includes("statement="));
    assert.ok(await page.evaluate(() => document.activeElement.matches("a.m")));
    await page.goBack();
    await picture.waitFor();
    await page.reload();
    await picture.waitFor();
  }));

test("previous and next walk through the statements of the chosen voice", () => within(paper, {}, async (page) => {
  await page.locator(".legend a[aria-current], .legend li a:first-child").nth(1).click();
  const shown = await voices(page).count();
  assert.ok(shown >= 1);
  assert.equal(await page.locator("a.m.own").count(), 0, "only the chosen voice is marked");
  await voices(page).first().click();
  await page.locator("#panel svg").waitFor();
  const next = page.locator("#panel a[rel=next]");
  if (await next.count()) {
    const before = page.url();
    await next.click();
    await page.waitForFunction((url) => location.href !== url, before);
    assert.match(page.url(), /voice=/);
  }
}));

test("the keyboard alone leads from the first page to a statement's own page", () => within("/", {}, async (page) => {
  const focused = () => page.evaluate(() => {
    const e = document.activeElement;
    return { href: e.getAttribute("href") || "", mark: e.matches("a.m"), inPanel: !!e.closest("#panel") };
  });
  const tabTo = async (wanted) => {
    for (let n = 0; n < 400; n++) {
      await page.keyboard.press("Tab");
      if (wanted(await focused())) return;
    }
    assert.fail("never reached with Tab");
  };
  await tabTo((e) => e.href === "#main");
  await page.keyboard.press("Enter");
  await tabTo((e) => e.href.startsWith("/document/"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/document\//);
  await tabTo((e) => e.href === "#text");
  await page.keyboard.press("Enter");
  await tabTo((e) => e.mark);
  await page.keyboard.press("Enter");
  await page.locator("#panel svg").waitFor();
  await tabTo((e) => e.inPanel && e.href.startsWith("/statement/"));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus can be seen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/statement\//);
  await page.getByRole("heading", { level: 1 }).waitFor();
}));

test("everything can be read without scripts", () => within(paper, { javaScriptEnabled: false }, async (page) => {
  await voices(page).first().click();
  await page.waitForURL(/statement=/);
  assert.ok(await page.locator("#panel svg").isVisible());
  await page.locator("#panel .in-words summary").click();
  await page.locator("#panel .in-words a").first().click();
  await page.waitForURL(/at=\d+-\d+/);
  assert.ok((await page.locator(".found").count()) >= 1);
  await page.getByRole("link", { name: "Chains" }).click();
  await page.locator("td.behind a").first().click();
  await page.waitForURL(/\/statements?[?/]/);
}));

test("a view is filtered by its form, its figures lead to statements, and it can be saved", () =>
  within("/view/claims", {}, async (page) => {
    const all = Number((await page.locator(".tally strong").textContent()).replace(/\D/g, ""));
    await page.getByLabel("Voice").fill("author");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.waitForURL(/voice=author/);
    const own = Number((await page.locator(".tally strong").textContent()).replace(/\D/g, ""));
    assert.ok(own > 0 && own < all, `${own} of ${all}`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
    assert.equal(file.suggestedFilename(), "rashomon-claims.csv");
    await page.goto(new URL("/view/sources", house.address).href);
    const link = page.locator("td.behind a").first();
    const count = Number((await link.textContent()).replace(/\D/g, ""));
    await link.click();
    await page.waitForURL(/statements/);
    assert.equal(Number((await page.locator(".lead").textContent()).match(/^\d+/)[0]), count);
  }));

test("an actor's names can be parted and joined again, each time for good", () =>
  within("/view/actors?actor=zhestvensky", {}, async (page) => {
    await page.locator("td.actor a").first().click();
    const name = await page.locator("h1").textContent();
    const reasons = page.locator("#why ~ ul li");
    const before = await reasons.count();
    assert.ok(before >= 2, `only ${before} reasons`);
    const rows = await page.locator("table.view tbody tr").count();
    await reasons.first().getByRole("button", { name: /^Not the same/ }).click();
    await page.getByLabel("Your name").fill("Anne");
    await page.getByRole("button", { name: "Keep the verdict" }).click();
    const undo = page.getByRole("button", { name: /^Take back/ });
    await undo.first().waitFor();
    assert.match(page.url(), /\/actor\/[0-9a-f]{32}/);
    assert.ok((await page.locator("table.view tbody tr").count()) < rows, "a name has left");
    await undo.first().click();
    await page.waitForFunction((n) => document.querySelectorAll("table.view tbody tr").length === n, rows);
    assert.equal(await page.locator("h1").textContent(), name);
  }));

test("a search marks the words, and nothing found is an answer that says what was searched", () =>
  within("/", {}, async (page) => {
    await page.getByRole("searchbox").fill("torpedo");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\?q=torpedo/);
    assert.match((await page.locator(".results mark").first().textContent()).toLowerCase(), /torpedo/);
    await page.locator(".results a[href*='at=']").first().click();
    assert.ok((await page.locator(".found").count()) >= 1);
    await page.getByRole("searchbox").fill("zeppelin");
    await page.keyboard.press("Enter");
    await page.getByText("The documents do not say.").waitFor();
    assert.ok(await page.getByText(/sentences of 9 documents/).isVisible());
  }));

test("Persian and Arabic are set from right to left, behind a foreign name too", async () => {
  for (const title of ["آتش در آسیاب", "حريق الطاحونة"]) {
    await within(await documentOf(house, title), {}, async (page) => {
      const directions = await page.locator(".leaf p").evaluateAll((all) => all.map((p) => getComputedStyle(p).direction));
      assert.ok(directions.length >= 1 && directions.every((d) => d === "rtl"), directions.join());
      assert.equal(await page.locator("h1").evaluate((h) => getComputedStyle(h).direction), "rtl");
      assert.equal(await page.locator("html").evaluate((h) => getComputedStyle(h).direction), "ltr");
    });
  }
});

test("words of a document never run", async () => {
  const href = await documentOf(house, "<script>");
  for (const path of ["/", href, "/view/claims", "/statements", "/search?q=light"]) {
    await within(path, {}, async (page) => {
      assert.equal(await page.evaluate(() => window.pwned), undefined);
      assert.equal(await page.locator("main img").count(), 0);
    });
  }
  await within(href, {}, async (page) => assert.equal(await page.locator("h1").textContent(), evil));
});

test("what is read beside the open page shows on reload", () => within("/", {}, async (page) => {
  house.write("later.txt", 'The pilot came late. "The buoy was gone," said the pilot.\n');
  house.read("later.txt");
  await page.reload();
  await page.getByRole("link", { name: "later.txt" }).waitFor();
}));

test("another host's name is refused", async () => {
  const { hostname, port } = new URL(house.address);
  const status = await new Promise((done, failed) => {
    const request = http.get({ hostname, port, headers: { host: "rashomon.example" } }, (r) => done(r.statusCode));
    request.on("error", failed);
  });
  assert.equal(status, 403);
});

test("an address that leads nowhere says so", async () => {
  const page = await visit(house, "/document/0000");
  assert.equal(await page.locator("h1").textContent(), "Nothing here");
  await page.context().close();
});
