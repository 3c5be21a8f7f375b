/** A value of JSON, which is YAML too. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The same definitions written otherwise: keys in another order, other quotes, blocks for braces, brackets around conditions, `and` for a
 * list. What is read stays what it was.
 *
 * @param text YAML that is written as JSON
 * @param random numbers from 0 to 1
 */
export function respell(text: string, random: () => number): string {
  const json: Json = JSON.parse(text);
  return `# Written otherwise.\n${block(json, '', random)}\n`;
}

function block(json: Json, indent: string, random: () => number): string {
  if (json === null || typeof json !== 'object') return scalar(json, random);
  if (isList(json)) return `[ ${json.map((item) => flow(item, random)).join(',   ')} ]`;
  const lines = shuffled(Object.entries(json), random).map(([key, value]) => {
    const own = key === 'where' ? conditions(value, random) : value;
    const isMap = own !== null && typeof own === 'object' && !isList(own) && Object.keys(own).length > 0;
    const written = name(key, random);
    if (isMap && random() < 0.7) return `${indent}${written}:\n${block(own, `${indent}   `, random)}`;
    return `${indent}${written}:  ${flow(own, random)}`;
  });
  return lines.join('\n');
}

function flow(json: Json, random: () => number): string {
  if (json === null || typeof json !== 'object') return scalar(json, random);
  if (isList(json)) return `[${json.map((item) => flow(item, random)).join(', ')}]`;
  const entries = shuffled(Object.entries(json), random).map(([key, value]) => {
    const own = key === 'where' ? conditions(value, random) : value;
    return `${name(key, random)}: ${flow(own, random)}`;
  });
  return `{ ${entries.join(', ')} }`;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** A list of conditions is one with `and`, and their order says nothing. A column may be called `where`, too: its declaration stays. */
function conditions(json: Json, random: () => number): Json {
  const list = isList(json) ? json : [json];
  const texts = list.filter((item) => typeof item === 'string');
  if (texts.length < list.length) return json;
  const mixed = shuffled(texts, random).map((text) => `(  ${text} )`);
  return random() < 0.5 ? mixed.join(' AND ') : mixed;
}

function name(key: string, random: () => number): string {
  return random() < 0.3 ? JSON.stringify(key) : /^[a-z_][a-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
}

function scalar(json: null | boolean | number | string, random: () => number): string {
  if (typeof json !== 'string') return JSON.stringify(json);
  const isWord = /^[a-z_][a-z0-9_]*$/.test(json) && !/^(null|true|false)$/.test(json);
  if (isWord && random() < 0.5) return json;
  return random() < 0.5 ? JSON.stringify(json) : `'${json.replaceAll("'", "''")}'`;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
