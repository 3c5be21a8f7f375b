type Files = Readonly<Record<string, string>>;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The files with one thing of the definitions or settings left out, or said as another definition says it; or with a row less. */
export function changed(files: Files, where: 'definitions' | 'settings' | 'data', pick: number): Files {
  if (where === 'data') {
    const tables = Object.entries(files).filter(([path]) => path.startsWith('data/'));
    const [path = '', text = ''] = tables[pick % tables.length] ?? [];
    const lines = text.split('\n');
    lines.splice(1 + (pick % Math.max(1, lines.length - 2)), 1);
    return { ...files, [path]: lines.join('\n') };
  }
  const path = where === 'definitions' ? 'all.metrics.yaml' : 'plumbline.yaml';
  const json: Json = JSON.parse(files[path] ?? 'null');
  const keys = keysIn(json);
  const [map, key] = keys[pick % keys.length] ?? [];
  if (map !== undefined && key !== undefined) {
    const old = JSON.stringify(map[key]);
    const others = keysIn(json).flatMap(([one, name]) => (name === key ? [one[name] ?? null] : []));
    const other = others.filter((value) => JSON.stringify(value) !== old)[pick % 3];
    if (pick % 2 === 1 && other !== undefined) map[key] = structuredClone(other);
    else delete map[key];
  }
  return { ...files, [path]: JSON.stringify(json, null, 1) };
}

/** Keys without which nothing can be computed at all. */
const NEEDED = new Set(['plumbline', 'data', 'type', 'sources', 'segments', 'metrics']);

/** Every key of a file that can be left out, as the map that has it and its name. */
function keysIn(json: Json, depth = 0): readonly (readonly [map: { [key: string]: Json }, key: string])[] {
  if (json === null || typeof json !== 'object') return [];
  if (Array.isArray(json)) return json.flatMap((item) => keysIn(item, depth + 1));
  return Object.entries(json).flatMap(([key, value]) => [
    ...(NEEDED.has(key) ? [] : [[json, key] as const]),
    ...keysIn(value, depth + 1),
  ]);
}
