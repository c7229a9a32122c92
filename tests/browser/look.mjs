// Looks at the board page with Chromium, as its readers do: on a phone and on a wall, in light and dark,
// with and without script. It is started by tests/it/web_browser.rs, which serves the page and does what
// this asks for on its output: `do give` gives a card, `do unshare` takes the link back.
//
//   node look.mjs LINK      CHROMIUM: the browser; SHOTS: a folder for pictures of what was seen
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const link = process.argv[2];
const origin = new URL(link).origin;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const SIZES = { phone: [390, 844], tablet: [820, 1180], laptop: [1366, 768], wall: [2560, 1440] };
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars",
];

const faults = [];
const hold = (ok, what) => {
  if (!ok) faults.push(what);
};

const lines = createInterface({ input: process.stdin });
const answers = [];
const waiting = [];
lines.on("line", (line) => (waiting.length ? waiting.shift()(line) : answers.push(line)));
const ask = async (what) => {
  process.stdout.write(`do ${what}\n`);
  const answer = answers.length ? answers.shift() : await new Promise((done) => waiting.push(done));
  if (answer !== "done") throw new Error(`${what}: ${answer}`);
};

// A page whose every request and complaint is written down.
const open = async (browser, { size = "laptop", scheme = "light", script = true } = {}) => {
  const [width, height] = SIZES[size];
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: script, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("request", (request) => hold(request.url().startsWith(`${origin}/`), `a request leaves: ${request.url()}`));
  page.on("console", (said) => {
    // The browser tells of every 404, also of the one that is looked for.
    if (said.type() === "error" && !said.text().includes("404")) faults.push(`the page complains: ${said.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`the script fails: ${error.message}`));
  return page;
};

// Told in one line each: which rule, and where.
const violations = async (page, where) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  hold(found.passes.length > 10, `${where}: axe looked at nothing`);
  for (const { id, help, nodes } of found.violations) {
    for (const node of nodes.slice(0, 3)) {
      const why = node.any?.[0]?.message ?? "";
      faults.push(`${where}: ${id} (${help}) at ${node.target.join(" ")} ${why}`);
    }
  }
};

const shoot = async (page, name) => {
  if (shots) await page.screenshot({ path: join(shots, `web-${name}.png`), fullPage: true });
};

const looks = async (browser) => {
  for (const size of Object.keys(SIZES)) {
    for (const scheme of ["light", "dark"]) {
      const where = `${size}, ${scheme}`;
      const page = await open(browser, { size, scheme });
      const answer = await page.goto(link);
      hold(answer.status() === 200, `${where}: ${answer.status()}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      hold(wide <= 0, `${where}: the page is ${wide} px wider than its window`);
      await shoot(page, `${size}-${scheme}`);
      await violations(page, where);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await violations(page, `${where}, unfolded`);
      await page.context().close();
    }
  }
};

// The keyboard reaches the canvas past the head, and fold-outs open by it.
const keyboard = async (browser) => {
  const page = await open(browser);
  await page.goto(link);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  hold(first === "skip", `the first stop is "${first}", not the skip link`);
  await page.keyboard.press("Enter");
  const at = await page.evaluate(() => document.activeElement.tagName);
  hold(at === "MAIN", `the skip link leads to ${at}`);
  await page.locator("main summary").first().focus();
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  hold(ring !== "none", "no focus ring");
  await page.keyboard.press("Enter");
  hold(await page.evaluate(() => document.activeElement.parentElement.open), "a fold-out does not open by keyboard");
  await page.context().close();
};

const without = async (browser) => {
  const page = await open(browser, { script: false });
  await page.goto(link);
  const hint = page.locator("noscript p");
  hold(await hint.isVisible(), "no hint to reload without script");
  hold((await page.locator("main section").count()) > 5, "no canvas without script");
  await page.context().close();
};

// A card is given while somebody reads: it appears, and the reader stays where they were.
const live = async (browser) => {
  const page = await open(browser);
  let loads = 0;
  page.on("load", () => (loads += 1));
  await page.goto(link);
  const fold = page.locator("main details").first();
  await fold.locator("summary").focus();
  await page.keyboard.press("Enter");
  const before = await fold.locator("summary").boundingBox();
  await ask("give");
  await page.locator("#live:not(:empty)").waitFor({ timeout: 10_000 });
  hold((await page.locator("main .fresh").count()) > 0, "nothing is marked as new");
  hold((await page.locator("main").textContent()).includes("Given while you read"), "the card is not there");
  hold(await page.locator("main details").first().evaluate((one) => one.open), "a fold-out has closed");
  hold(await page.evaluate(() => document.activeElement.tagName === "SUMMARY"), "the focus is lost");
  const after = await page.locator("main details").first().locator("summary").boundingBox();
  hold(Math.abs(after.y - before.y) < 4, `the page has moved by ${after.y - before.y} px`);
  hold(loads === 1, "the page was loaded anew");
  await violations(page, "just changed");
  if (shots) await page.screenshot({ path: join(shots, "web-just-changed.png") });
  return page;
};

// Somebody opened the page yesterday: today's date comes by itself, and nothing is announced.
const midnight = async (browser) => {
  const page = await open(browser);
  const yesterday = async (route) => {
    const answer = await route.fetch();
    const today = await answer.text();
    const body = today
      .replace(/data-mark="(\w+)-[^"]*"/, 'data-mark="$1-2000-01-01"')
      .replace(/(<p class="meta">\s*<span>)[^<]*/, "$1Yesterday");
    hold(body.includes("Yesterday") && body.includes('-2000-01-01"'), "yesterday's page is today's");
    await route.fulfill({ response: answer, body });
  };
  await page.route(`${link}/`, yesterday, { times: 1 });
  await page.goto(`${link}/`);
  await page.locator(".meta:not(:has-text('Yesterday'))").waitFor({ timeout: 10_000 });
  hold((await page.locator("#live").textContent()) === "", "a new date is announced as a change");
  await page.context().close();
};

const gone = async (page) => {
  await ask("unshare");
  await page.locator("body.missing").waitFor({ timeout: 10_000 });
  await violations(page, "taken back");
  await shoot(page, "gone");
  await page.context().close();
};

const paper = async (browser) => {
  const page = await open(browser);
  await page.goto(link);
  for (const format of ["A4", "A3"]) {
    const path = shots ? join(shots, `web-${format}.pdf`) : undefined;
    const pdf = await page.pdf({ path, format, landscape: format === "A3", preferCSSPageSize: false });
    hold(pdf.length > 10_000, `${format}: ${pdf.length} bytes`);
  }
  await page.context().close();
};

// The browser gets a new, empty profile for each launch, and it is gone afterwards.
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
try {
  await looks(browser);
  await keyboard(browser);
  await without(browser);
  await paper(browser);
  await midnight(browser);
  await gone(await live(browser));
} finally {
  await browser.close();
  lines.close();
}
for (const fault of new Set(faults)) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length ? 1 : 0;
