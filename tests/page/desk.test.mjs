// The desk as people use it: the review queue by keyboard alone and without scripts, mending, undo and redo, two people at
// once, files dropped and chosen, hostile documents, and a page served to a network. The real program and browser.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { evil, faults, open, visit } from "./house.mjs";

let house;
before(async () => { house = await open(); }, { timeout: 900_000 });
after(() => house?.close());

/** A person's own browser: a window whose name is known. */
const person = (name, path, options) => visit(house, path, { as: name, ...options });

async function clean(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

const waiting = async (page) => Number((await page.locator(".lead").first().textContent()).match(/^[\d\u202f]+/)[0].replace(/\D/g, ""));
const shown = (page) => page.locator(".desk input[name=first]").first().inputValue();
const claim = (page) => page.locator("blockquote.claim").textContent();

test("the queue is worked through with the keyboard alone: name, right, wrong, next, undo, mend", async () => {
  const page = await visit(house, "/");
  const tabTo = async (wanted) => {
    for (let n = 0; n < 300; n++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(wanted)) return;
    }
    assert.fail(`never reached with Tab: ${wanted}`);
  };
  await tabTo(() => document.activeElement.getAttribute("href") === "/review");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/review/);
  await tabTo(() => document.activeElement.id === "by");
  await page.keyboard.type("Anne a. Lowry");
  const start = await waiting(page);
  const first = await shown(page);
  await tabTo(() => document.activeElement.value === "right");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus can be seen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/after=/);
  assert.equal(await waiting(page), start - 1, "letters typed into a field are no keys");
  assert.match(await page.locator(".who").textContent(), /Anne a\. Lowry/);

  const press = async (key) => {
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
  };
  const second = await shown(page);
  assert.notEqual(second, first);
  await press("r");
  assert.equal(await waiting(page), start - 2);
  const third = await shown(page);
  await press("n");
  assert.notEqual(await shown(page), third);
  assert.equal(await waiting(page), start - 2, "next judges nothing");
  await press("u");
  assert.equal(await shown(page), second, "what was undone is shown again");
  assert.equal(await waiting(page), start - 1);
  await press("a");
  assert.equal(await waiting(page), start - 2);

  await press("m");
  assert.match(page.url(), /\/mend\//);
  const back = page.url();
  await press("Escape");
  assert.match(page.url(), /\/review/);
  await press("m");
  assert.equal(page.url(), back);
  await page.locator("#polarity").focus();
  await page.keyboard.press((await page.locator("#polarity").inputValue()) === "+" ? "ArrowDown" : "ArrowUp");
  await tabTo(() => document.activeElement.value === "mended");
  await press("Enter");
  assert.equal(await waiting(page), start - 3);
  await page.goto(new URL("/history", house.address).href);
  const verdicts = await page.locator("tbody tr td:nth-child(3)").allTextContents();
  assert.deepEqual(verdicts.map((v) => v.trim().split(" ")[0]), ["mended", "right", "undo", "wrong", "right"]);
  await clean(page);
});

test("keys of one letter can be switched off, and stay off", async () => {
  const page = await person("Anne", "/review");
  await page.locator(".review details.columns summary").click();
  const keys = page.locator("[data-keys-switch]");
  await keys.click();
  assert.equal(await keys.textContent(), "Keys are off");
  const before = await waiting(page);
  await page.reload();
  await page.locator("h1").click();
  await page.keyboard.press("a");
  await page.waitForTimeout(300);
  assert.equal(await waiting(page), before);
  await page.locator(".review details.columns summary").click();
  await keys.click();
  await page.locator("h1").click();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("n")]);
  await clean(page);
});

test("without scripts everything is a form: name, verdicts, mend, undo", async () => {
  const page = await person(null, "/review", { javaScriptEnabled: false });
  const start = await waiting(page);
  await page.getByLabel("Your name").fill("Tom Reed");
  await page.getByLabel("Why, or a note").fill("seen in the log");
  await page.getByRole("button", { name: /^Right/ }).click();
  await page.waitForURL(/after=/);
  assert.equal(await waiting(page), start - 1);
  await page.getByRole("link", { name: /^Mend/ }).click();
  await page.locator("#words").fill("words that nobody said");
  await page.getByRole("button", { name: "Keep the mend" }).click();
  assert.match(await page.locator("[role=alert]").textContent(), /must stand in the sentence, and “words that nobody said” does not/);
  assert.equal(await page.locator("#words").inputValue(), "words that nobody said", "what was typed is not lost");
  await page.getByRole("link", { name: "Leave it as it is" }).click();
  await page.getByRole("link", { name: /^Next/ }).click();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.waitForURL(/at=/);
  assert.equal(await waiting(page), start);
  await clean(page);
});

test("what was found wrong leaves every view, is kept in the history, comes back and goes again", async () => {
  const page = await person("Anne", "/review");
  const id = await shown(page);
  const words = (await claim(page)).trim();
  await page.getByRole("button", { name: /^Wrong/ }).click();
  await page.waitForURL(/after=/);
  const inClaims = async () => {
    await page.goto(new URL("/view/claims.json", house.address).href).catch(() => {});
    const answer = await page.request.get(new URL("/view/claims.json", house.address).href);
    return (await answer.text()).includes(id);
  };
  assert.ok(!(await inClaims()));
  await page.goto(new URL(`/statement/${id}`, house.address).href);
  assert.ok(await page.getByText("No view shows it").isVisible());
  await page.goto(new URL("/history", house.address).href);
  assert.ok((await page.locator("tbody tr").first().textContent()).includes(words.slice(0, 20)));
  await page.getByRole("button", { name: /^Take back/ }).first().click();
  await page.waitForLoadState();
  assert.ok(await inClaims());
  await page.goto(new URL("/history", house.address).href);
  await page.getByRole("button", { name: /^Do it again/ }).first().click();
  await page.waitForLoadState();
  assert.ok(!(await inClaims()));
  await page.goto(new URL("/history", house.address).href);
  await page.getByRole("button", { name: /^Do it again|^Take back/ }).first().click();
  await clean(page);
});

test("a statement is judged from the panel beside its text, and its source graded", async () => {
  const list = await person("Anne", "/");
  const href = await list.locator("table.documents th a").first().getAttribute("href");
  await list.goto(new URL(href, house.address).href);
  await list.locator("a.m").first().click();
  await list.locator("#panel .desk").waitFor();
  await list.locator("#panel #note").fill("from the inquiry");
  await list.locator("#panel").getByRole("button", { name: "Only note" }).click();
  await list.locator("#panel .desk").getByText("from the inquiry").waitFor();
  assert.match(list.url(), /statement=/, "the text stays open at its place");
  await list.locator("#panel .grade summary").click();
  await list.locator("#panel #letter").selectOption("B");
  await list.locator("#panel #digit").selectOption("2");
  await list.locator("#panel").getByRole("button", { name: "Grade" }).click();
  await list.locator("#panel .grade strong", { hasText: "B2" }).waitFor();
  await list.goto(new URL("/view/sources", house.address).href);
  assert.ok((await list.locator("table").textContent()).includes("B2"));
  await clean(list);
});

test("two browsers at once: the second sees the first's verdict before anything is overruled", async () => {
  const anne = await person("Anne", "/review");
  const tom = await person("Tom", "/review");
  const id = await shown(anne);
  assert.equal(await shown(tom), id);
  await anne.getByRole("button", { name: /^Right/ }).click();
  await anne.waitForURL(/after=/);
  await tom.getByRole("button", { name: /^Wrong/ }).click();
  await tom.getByRole("heading", { name: "Somebody else judged this meanwhile" }).waitFor();
  const both = await tom.locator("table").textContent();
  assert.ok(both.includes("Anne") && both.includes("Tom") && both.includes("right") && both.includes("wrong"), both);
  assert.deepEqual((await faults(tom, "overruling", [1280])).found, []);
  await tom.getByRole("button", { name: /^Keep mine too/ }).click();
  await tom.waitForURL(/review/);
  await tom.goto(new URL("/agreement", house.address).href);
  assert.ok(await tom.getByText("Where people differ: statements").isVisible());
  await tom.goto(new URL("/history", house.address).href);
  const rows = await tom.locator("tbody tr").allTextContents();
  assert.ok(rows[0].includes("wrong") && rows[0].includes("Tom") && rows[1].includes("right") && rows[1].includes("Anne"));
  await tom.getByRole("button", { name: /^Take back/ }).first().click();
  await tom.waitForLoadState();
  await clean(tom);
  await clean(anne);
});

/** Drops files on a page as a person would. */
async function drop(page, files) {
  const transfer = await page.evaluateHandle((given) => {
    const all = new DataTransfer();
    for (const { name, text, repeat } of given) all.items.add(new File([text.repeat(repeat || 1)], name));
    return all;
  }, files);
  await page.dispatchEvent("main", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
  await page.waitForFunction((n) => Number(document.getElementById("adding")?.dataset.done || 0) >= n, files.length, { timeout: 120_000 });
  return page.locator("#adding li").allTextContents();
}

test("files dropped on any page are read, each with its result told", { timeout: 300_000 }, async () => {
  const page = await person("Anne", "/view/claims");
  const told = await drop(page, [
    { name: "buoy.txt", text: "The buoy was gone. \"Nobody lit the lamp,\" said the keeper.\n" },
    { name: "buoy.txt.meta.json", text: '{"title": "The buoy at noon"}' },
    { name: "torn.pdf", text: "%PDF-1.7\nthis is not a PDF\n" },
    { name: "empty.txt", text: "" },
  ]);
  const of = (name) => told.find((line) => line.startsWith(name)) || "";
  assert.match(of("buoy.txt"), /taken, [1-9]/);
  assert.match(of("torn.pdf"), /refused: .{20,}/, told.join("\n"));
  assert.equal(told.length, 3, `the metadata file goes with its document: ${told.join("\n")}`);
  await page.locator("#adding").getByRole("link", { name: "buoy.txt" }).click();
  await page.getByRole("heading", { level: 1, name: "The buoy at noon" }).waitFor();
  const again = await drop(page, [{ name: "copy.txt", text: "The buoy was gone. \"Nobody lit the lamp,\" said the keeper.\n" }]);
  assert.match(again[0], /has the bytes of buoy\.txt/);
  await clean(page);
});

test("files are chosen and sent without scripts, and what was refused says why", { timeout: 300_000 }, async () => {
  const page = await person(null, "/add", { javaScriptEnabled: false });
  const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
  await page.locator("#files").setInputFiles([file("pier.txt", "The pier held. The mayor said that it fell.\n"), file("torn.docx", "PK\u0003\u0004 torn")]);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator("#adding li").first().waitFor();
  const told = await page.locator("#adding li").allTextContents();
  assert.ok(told.some((t) => /pier\.txt: taken, [1-9]/.test(t)) && told.some((t) => /torn\.docx: refused: .{10,}/.test(t)), told.join("\n"));
  await clean(page);
});

test("several people send files and verdicts at once, and nothing is lost", { timeout: 600_000 }, async () => {
  const pages = await Promise.all(["Anne", "Tom", "Mara"].map((name) => person(name, "/add")));
  const judge = await person("Reed", "/review");
  const rows = async () => {
    const answer = await judge.request.get(new URL("/history", house.address).href);
    return Number((await answer.text()).match(/<p class="lead">([\d\u202f]+)/)[1].replace(/\D/g, ""));
  };
  const before = await rows();
  const verdicts = (async () => {
    for (let n = 0; n < 8; n++) {
      const here = judge.url();
      await judge.getByRole("button", { name: /^Right/ }).click();
      await judge.waitForURL((url) => url.href !== here);
    }
  })();
  const told = await Promise.all(pages.map((page, p) =>
    drop(page, Array.from({ length: 4 }, (_, n) => ({ name: `many/${p}-${n}.txt`, text: `Boat ${p} ${n} came home. The mate said that boat ${n} was late.\n` })))));
  await verdicts;
  assert.ok(told.flat().every((line) => /taken, [1-9]/.test(line)), told.flat().join("\n"));
  assert.equal(await rows(), before + 8);
  const found = await judge.request.get(new URL("/?page=1", house.address).href);
  const html = await found.text();
  for (let p = 0; p < 3; p++) for (let n = 0; n < 4; n++) assert.ok(html.includes(`${p}-${n}.txt`), `${p}-${n}`);
  for (const page of [...pages, judge]) await clean(page);
});

test("hostile documents and names are shown as text, and nothing runs", { timeout: 600_000 }, async () => {
  const page = await person(evil, "/add");
  const bidi = "\u202Efdp.exe\u202C \u2066\u2067";
  const told = await drop(page, [
    { name: "script.html", text: `<html><head><title>${evil}</title></head><body><article><p>The keeper ${evil} kept it.</p><p>The pilot said "the <script>window.pwned=3</script> light was out all night long".</p><svg onload="window.pwned=4"></svg></article></body></html>` },
    { name: "long.txt", text: "a", repeat: 1_000_000 },
    { name: "longer.txt", text: "The keeper said that the lamp was ", repeat: 1 },
    { name: "control.txt", text: "The \u0001\u0007\u001b[31m keeper\u0000 said that the \u0008 lamp was lit.\r\n\u000b\u000c" },
    { name: "bidi.txt", text: `The keeper ${bidi} said that the ${bidi} lamp was lit.\n` },
    { name: `${evil.replaceAll("/", "")}.txt`, text: `The keeper said that the ${evil} lamp was lit.\n` },
    { name: "../../../etc/outside.txt", text: "The keeper said that the gate was shut.\n" },
  ]);
  assert.equal(told.length, 7, told.join("\n"));
  const paths = ["/", "/add", "/view/claims", "/view/sources", "/statements", "/review", "/history", "/search?q=lamp"];
  await page.goto(house.address);
  paths.push(...(await page.locator("table.documents th a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))));
  for (const path of paths) {
    await page.goto(new URL(path, house.address).href);
    assert.equal(await page.evaluate(() => window.pwned), undefined, path);
    assert.equal(await page.locator("main img, main svg[onload]").count(), 0, path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${path} runs over by ${over}`);
  }
  await page.goto(new URL("/review", house.address).href);
  await page.getByLabel("Why, or a note").fill(evil);
  await page.getByRole("button", { name: /^Right/ }).click();
  await page.goto(new URL("/history", house.address).href);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.ok((await page.locator("tbody tr").first().textContent()).includes("<script>"), "the note and the name are text");
  await clean(page);
});

test("no page of the desk fails WCAG 2.2 A or AA, is wider than its window or complains", { timeout: 600_000 }, async () => {
  const look = await person("Anne", "/review");
  const id = await shown(look);
  await look.context().close();
  const paths = { review: "/review", again: "/review?again=yes", mend: `/mend/${id}`, statement: `/statement/${id}`, history: "/history", agreement: "/agreement", add: "/add", name: "/name" };
  const found = [];
  let passed = 0;
  for (const [name, path] of Object.entries(paths)) {
    const page = await person("Anne", path);
    found.push(...page.complaints.map((c) => `${name}: ${c}`));
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    const seen = await faults(page, name);
    found.push(...seen.found);
    passed += seen.passed;
    await page.context().close();
  }
  assert.deepEqual(found, []);
  assert.ok(passed > 150, `only ${passed} checks were made`);
});

test("forms of other pages change nothing", async () => {
  const send = (path, headers, body) => new Promise((done, failed) => {
    const { hostname, port } = new URL(house.address);
    const request = http.request({ hostname, port, path, method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers } }, (r) => done(r.statusCode));
    request.on("error", failed);
    request.end(body);
  });
  const own = { origin: house.address.slice(0, -1) };
  for (const [headers, why] of [[{ origin: "http://evil.example" }, "origin"], [{}, "no origin"], [{ "sec-fetch-site": "cross-site" }, "site"], [own, "token"]]) {
    for (const path of ["/judge", "/name"]) assert.equal(await send(path, headers, "verdict=right&first=x&by=Eve&token=guess"), 403, `${path} ${why}`);
  }
  const boundary = { ...own, "content-type": "multipart/form-data; boundary=b" };
  const file = '--b\r\ncontent-disposition: form-data; name="files"; filename="eve.txt"\r\n\r\nEve was here.\r\n--b--\r\n';
  assert.equal(await send("/add", boundary, file), 403);
  assert.equal(await send("/add", boundary, file.slice(0, 60)), 400, "half a form");
});

test("a page served to a network asks for its key, once", { timeout: 120_000 }, async () => {
  writeFileSync(join(house.home, "net.txt"), "The pilot said that the buoy was gone.\n");
  spawnSync(house.rashomon, ["read", "--ledger", "net.ledger", "net.txt"], { cwd: house.home });
  const server = spawn(house.rashomon, ["open", "--ledger", "net.ledger", "--listen", "0.0.0.0", "--no-open"], { cwd: house.home });
  try {
    const address = await new Promise((found, failed) => {
      let said = "";
      server.stdout.on("data", (bytes) => {
        said += bytes;
        const at = said.match(/http:\S+\?key=[0-9a-f]{32}/);
        if (at) found(at[0]);
      });
      server.on("exit", () => failed(new Error(said)));
    });
    const bare = address.split("?")[0];
    assert.equal((await fetch(bare)).status, 403);
    assert.equal((await fetch(`${bare}?key=${"0".repeat(32)}`)).status, 403);
    assert.equal((await fetch(`${bare}assets/page.css`)).status, 403);
    const context = await house.browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    assert.equal(page.url(), bare, "the key does not stay in the address");
    await page.getByRole("link", { name: "net.txt" }).click();
    await page.goto(`${bare}review`);
    await page.getByLabel("Your name").fill("Anne");
    await page.getByRole("button", { name: /^Right/ }).click();
    await page.getByText("Nothing waits.").or(page.getByText("statement")).first().waitFor();
    await context.close();
  } finally {
    server.kill();
  }
});
