/**
 * A drawing of the library as a part of a page that allows no styles but its own: what it says in `style` attributes becomes
 * attributes, fonts are those of the page, and what is for a pointer goes. Names in it begin with `id`, so that the same drawing is
 * always the same text and two of them may be in one page.
 *
 * @param id unique in the page
 */
export function inlineSvg(svg: string, id: string): string {
  const prefix = id.replaceAll(/[^\w-]/g, '_');
  return (
    svg
      .replaceAll(/<style\b[^>]*>.*?<\/style>/gs, '')
      .replaceAll(
        / (?:class|ecmeta_\w+|pointer-events|xmlns(?::\w+)?|xml:space|version|baseProfile)="[^"]*"/g,
        '',
      )
      .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
      // A line of no width still names a colour, which is that of no theme.
      .replaceAll(/ stroke="[^"]*" stroke-width="0"/g, '')
      .replaceAll(/zr\d+-([cp]\d+)/g, `${prefix}-$1`)
      .replaceAll(/>\s+</g, '><')
      .trim()
  );
}

/** Of a drawing's styles, those that SVG knows as attributes. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':').map((part) => part.trim()))
    .map(([name, value]) => (name === 'font-size' || name === 'font-weight' ? ` ${name}="${value}"` : ''))
    .join('');
}
