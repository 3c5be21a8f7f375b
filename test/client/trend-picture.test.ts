import assert from 'node:assert/strict';
import { HEIGHT, type Theme, trendPicture, WIDTH } from '../../client/src/features/trends/trend-picture.ts';
import { parseXml } from './svg.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast-light', 'high-contrast-dark'];

function pictureOf(
  points: readonly (number | null)[],
  status: Parameters<typeof trendPicture>[0]['status'] = null,
  stale = false,
): string {
  const picture = trendPicture({ points, status, stale }, 'dark');
  assert.ok(picture !== undefined);
  return picture;
}

/** The points of each line, as numbers. */
function linesOf(picture: string): number[][][] {
  return [...picture.matchAll(/points="([^"]*)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => point.split(',').map(Number)),
  );
}

describe('the picture of a trend', () => {
  it('is as small as a line of text', () => {
    assert.ok(WIDTH <= 60 && HEIGHT <= 14);
    assert.match(pictureOf([1, 2]), new RegExp(`width="${WIDTH}" height="${HEIGHT}"`));
  });

  it('goes from left to right, and up with the values', () => {
    const [line = []] = linesOf(pictureOf([1, 4, 2, 3]));
    const xs = line.map(([x = 0]) => x);
    const ys = line.map(([, y = 0]) => y);
    assert.deepEqual(
      xs,
      [...xs].sort((a, b) => a - b),
    );
    // Upwards on the screen is a smaller number: the order of heights is the order of values.
    const byHeight = [0, 1, 2, 3].sort((a, b) => (ys[b] ?? 0) - (ys[a] ?? 0));
    assert.deepEqual(byHeight, [0, 2, 3, 1]);
  });

  it('looks the same whatever the unit is', () => {
    const values = [3, 8, 5, 13];
    const other = values.map((value) => value * 1000 - 20);
    assert.equal(pictureOf(values), pictureOf(other));
  });

  it('stays inside its frame, mark included', () => {
    for (const points of [[1, 2, 3], [5], [7, 7, 7], [-1e9, 1e9, null, 0]]) {
      for (const [x = 0, y = 0] of linesOf(pictureOf(points)).flat()) {
        assert.ok(x >= 3 && x <= WIDTH - 3 && y >= 3 && y <= HEIGHT - 3, `${x},${y}`);
      }
    }
  });

  it('is broken where there is no value, and marks the last one that there is', () => {
    const picture = pictureOf([1, 2, null, 4, 5, null]);
    const lines = linesOf(picture);
    assert.deepEqual(
      lines.map((line) => line.length),
      [2, 2],
    );
    const [x, y] = lines[1]?.[1] ?? [];
    assert.match(picture, new RegExp(`cx="${x}" cy="${y}"`));
  });

  it('is not there where there is no value at all', () => {
    assert.equal(trendPicture({ points: [], status: null, stale: false }, 'dark'), undefined);
    assert.equal(trendPicture({ points: [null, null], status: 'met', stale: false }, 'dark'), undefined);
  });

  it('tells the status by the form of the mark too', () => {
    const marks = (['met', 'at_risk', 'missed', null] as const).map((status) =>
      pictureOf([1, 2], status)
        .slice(pictureOf([1, 2], status).indexOf('</g>'))
        .replaceAll(/#[0-9a-f]{6}/g, ''),
    );
    assert.equal(new Set(marks).size, 4);
  });

  it('shows an old one dimmed and dashed', () => {
    const [now, old] = [pictureOf([1, 2]), pictureOf([1, 2], null, true)];
    assert.match(old, /opacity="0\.\d"/);
    assert.match(old, /stroke-dasharray/);
    assert.doesNotMatch(now, /opacity|dasharray/);
  });

  it('is well-formed', () => {
    for (const theme of THEMES) {
      const picture = trendPicture({ points: [1, null, 2, 3], status: 'at_risk', stale: true }, theme);
      assert.ok(parseXml(picture ?? '') > 3);
    }
  });

  it('stands out from the background of each kind of theme', () => {
    // The editor backgrounds of Light Modern, Dark Modern and the two high contrast themes. WCAG 2.2, 1.4.11: graphics need 3 : 1.
    const backgrounds = {
      light: '#ffffff',
      dark: '#1f1f1f',
      'high-contrast-light': '#ffffff',
      'high-contrast-dark': '#000000',
    } as const;
    for (const theme of THEMES) {
      for (const status of ['met', 'at_risk', 'missed', null] as const) {
        for (const stale of [false, true]) {
          const picture = trendPicture({ points: [1, 2], status, stale }, theme) ?? '';
          const [color = ''] = /#[0-9a-f]{6}/.exec(picture) ?? [];
          const [, opacity = '1'] = /opacity="([\d.]+)"/.exec(picture) ?? [];
          const seen = mixed(color, backgrounds[theme], Number(opacity));
          const least = theme.startsWith('high') && !stale ? 7 : 3;
          assert.ok(contrast(seen, backgrounds[theme]) >= least, `${theme} ${status} ${seen}`);
        }
      }
    }
  });
});

/** A colour that lets some of the one behind it through. */
function mixed(front: string, back: string, opacity: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [one = 0, other = 0] = [front, back].map((each) => Number.parseInt(each.slice(at, at + 2), 16));
    return Math.round(one * opacity + other * (1 - opacity));
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The contrast of two colours, as WCAG defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
