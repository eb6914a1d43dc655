/** The documentation as a folder of web pages, one a Markdown file: `npm run site [-- DIR]`, by default into ./site. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import GithubSlugger from "github-slugger";
import { Marked, type Tokens } from "marked";
import { globSync } from "tinyglobby";
import { plain } from "./markdown.ts";

const ROOT = join(import.meta.dirname, "../..");
const DOCS = join(ROOT, "docs");
const STYLE = `body{margin:0 auto;max-width:62rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;border-bottom:1px solid #bbb;padding-bottom:.6rem;font-size:.9rem}
pre{overflow:auto;padding:.8rem;background:#f3f3f3}code{font-size:.9em}a{color:#0550ae}
table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#111}pre{background:#222}a{color:#79b8ff}}`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const names = globSync("**/*.md", { cwd: DOCS }).sort();
const titles = new Map(
  names.map((name) => [name, /^# (.*)$/m.exec(readFileSync(join(DOCS, name), "utf8"))?.[1] ?? name]),
);
const pageName = (name: string): string => name.replace(/README\.md$/, "index.md").replace(/\.md$/, ".html");

/** A page of the site, or a file of the checkout, which a site does not have: then its words alone. */
function target(from: string, href: string): string | null {
  if (/^(https:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const to = posix.normalize(posix.join(posix.dirname(from), path));
  if (!titles.has(to)) return null;
  const there = posix.relative(posix.dirname(from), pageName(to));
  return anchor === undefined ? there : `${there}#${anchor}`;
}

function htmlOf(name: string): string {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    renderer: {
      heading(token: Tokens.Heading) {
        const id = slugger.slug(plain(token));
        return `<h${token.depth} id="${id}">${this.parser.parseInline(token.tokens)}</h${token.depth}>\n`;
      },
      link(token: Tokens.Link) {
        const words = this.parser.parseInline(token.tokens);
        const href = target(name, token.href);
        return href === null ? words : `<a href="${escaped(href)}">${words}</a>`;
      },
      html: ({ text }) => (text.startsWith("<!--") ? "" : escaped(text)),
    },
  });
  const links = names.map((to) => {
    const mark = to === name ? ' aria-current="page"' : "";
    return `<a href="${posix.relative(posix.dirname(name), pageName(to))}"${mark}>${escaped(titles.get(to)!)}</a>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(titles.get(name)!)} · sageplan</title><style>${STYLE}</style></head><body>
<nav aria-label="Pages">${links.join("\n")}</nav>
<main>${marked.parse(readFileSync(join(DOCS, name), "utf8"), { async: false })}</main></body></html>
`;
}

const out = process.argv[2] ?? join(ROOT, "site");
for (const name of names) {
  const path = join(out, pageName(name));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, htmlOf(name));
}
console.log(`Wrote ${names.length} pages into ${relative(process.cwd(), out) || "."}`);
