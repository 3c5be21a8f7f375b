/** A blue of middling lightness, so that it stands out from white and from black. */
export const INK = '#3f8fd9';

/** An SVG image of shapes. Its text has only ASCII characters. */
export function drawing(width: number, height: number, shapes: string): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${shapes}</svg>`;
}

/** A coordinate with one decimal: finer ones cannot be seen. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
