/**
 * Reads XML that has no text, comments or declarations, and gives the number of its elements. Throws where tags do not match or an attribute
 * is not quoted.
 */
export function parseXml(xml: string): number {
  const open: string[] = [];
  let count = 0;
  let rest = xml;
  while (rest !== '') {
    const tag = /^<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>/i.exec(rest);
    if (tag === null) throw new Error(`No tag: ${rest.slice(0, 40)}`);
    const [whole, closes, name = '', , empty] = tag;
    if (closes === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing.`);
    } else {
      count++;
      if (empty === '') open.push(name);
    }
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is never closed.`);
  return count;
}
