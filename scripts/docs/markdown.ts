/** What a page of the documentation holds: headings as GitHub names them, links, and code blocks with the comment right before them. */
import GithubSlugger from "github-slugger";
import { lexer, walkTokens, type Token, type Tokens } from "marked";

export interface Block {
  language: string;
  text: string;
  /** Of the HTML comment right before the block; empty without one. */
  comment: string;
}

export interface Page {
  anchors: Set<string>;
  links: string[];
  blocks: Block[];
}

export function pageOf(markdown: string): Page {
  const slugger = new GithubSlugger();
  const page: Page = { anchors: new Set(), links: [], blocks: [] };
  const tokens = lexer(markdown);
  walkTokens(tokens, (token: Token) => {
    if (token.type === "heading") page.anchors.add(slugger.slug(plain(token as Tokens.Heading)));
    if (token.type === "link" || token.type === "image") page.links.push((token as Tokens.Link).href);
  });
  const said = tokens.filter(({ type }) => type !== "space");
  for (const [n, token] of said.entries()) {
    if (token.type !== "code") continue;
    const { lang = "", text } = token as Tokens.Code;
    page.blocks.push({ language: lang, text, comment: commentOf(said[n - 1]) });
  }
  return page;
}

/** A heading as it reads, without its marks. */
export const plain = (heading: Tokens.Heading): string =>
  heading.tokens.map((token) => ("text" in token ? String(token.text) : token.raw)).join("");

const commentOf = (token: Token | undefined): string =>
  token?.type === "html" ? (/^<!--\s*(.*?)\s*-->\s*$/s.exec(token.raw)?.[1] ?? "") : "";
