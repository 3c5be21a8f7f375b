/** A generated part of a page: `<!-- keys: source -->` to `<!-- /keys -->`, each on a line of its own. */
const PART = /^<!-- ([a-z]+)(?:: ([^\n]*?))? -->\n[\s\S]*?^<!-- \/\1 -->$/gm;

/** Makes the Markdown of one kind of part, such as `keys`, from what the marker names. */
export type Render = (name: string) => string;

/**
 * The page with all its generated parts written anew; what stands outside of them is kept as it is. Throws where no kind of part has
 * the name of a marker, so that a mistyped one is noticed.
 */
export function fillMarkers(text: string, renders: ReadonlyMap<string, Render>): string {
  return text.replace(PART, (_, kind: string, name: string = '') => {
    const render = renders.get(kind);
    if (render === undefined) throw new Error(`There is no generated part "${kind}".`);
    const open = name === '' ? kind : `${kind}: ${name}`;
    return `<!-- ${open} -->\n\n${render(name).trim()}\n\n<!-- /${kind} -->`;
  });
}

/** The names that the markers of one kind have in a text, with where they begin. */
export function markersOf(
  text: string,
  kind: string,
): readonly { readonly name: string; readonly at: number }[] {
  return [...text.matchAll(PART)]
    .filter((match) => match[1] === kind)
    .map((match) => ({ name: match[2] ?? '', at: match.index }));
}
