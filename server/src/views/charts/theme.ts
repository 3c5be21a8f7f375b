import { useEffect, useState } from 'preact/hooks';

/** The colours and the font that charts are drawn with. */
export interface ChartTheme {
  readonly foreground: string;
  readonly quiet: string;
  readonly grid: string;
  readonly background: string;
  /** At least as many as lines that can be told apart. */
  readonly palette: readonly string[];
  readonly font: string;
  /** Whether faint areas must have an outline. */
  readonly highContrast: boolean;
}

/** Of the light theme of VS Code, for pages that are printed. */
export const LIGHT: ChartTheme = {
  foreground: '#3b3b3b',
  quiet: '#616161',
  grid: '#e5e5e5',
  background: '#ffffff',
  palette: ['#1a85ff', '#bf8803', '#388a34', '#652d90', '#e51400', '#3b3b3b'],
  font: 'sans-serif',
  highContrast: false,
};

/** Of the page itself, whichever theme that has: for drawings that are a part of it. */
export const PRINTED: ChartTheme = {
  foreground: 'var(--plumbline-foreground)',
  quiet: 'var(--plumbline-quiet)',
  grid: 'var(--plumbline-line)',
  background: 'var(--plumbline-background)',
  palette: ['blue', 'yellow', 'green', 'purple', 'red', 'foreground'].map(
    (name) => `var(--plumbline-${name})`,
  ),
  font: 'sans-serif',
  highContrast: false,
};

/** The orange of some themes is too pale to be seen on their background. */
const PALETTE = ['blue', 'yellow', 'green', 'purple', 'red', 'foreground'] as const;

/** The theme of the page, and again when it changes. */
export function useTheme(): ChartTheme {
  const [theme, setTheme] = useState(() => (typeof document === 'undefined' ? LIGHT : readTheme()));
  useEffect(() => {
    // An editor tells of another theme by the class of the body, and sets its colours on the root element.
    const observer = new MutationObserver(() => setTheme(readTheme()));
    const options = { attributes: true, attributeFilter: ['class', 'style'] };
    for (const element of [document.documentElement, document.body]) observer.observe(element, options);
    return () => observer.disconnect();
  }, []);
  return theme;
}

function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string): string =>
    style.getPropertyValue(`--plumbline-${name}`).trim() || fallback;
  return {
    foreground: variable('foreground', LIGHT.foreground),
    quiet: variable('quiet', LIGHT.quiet),
    grid: variable('line', LIGHT.grid),
    background: variable('background', LIGHT.background),
    palette: PALETTE.map((name, index) => variable(name, LIGHT.palette[index] ?? LIGHT.foreground)),
    font: style.fontFamily || LIGHT.font,
    highContrast: /\bvscode-high-contrast\b/.test(document.body.className),
  };
}
