/** An element of an XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, with references resolved. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<\?xml [^>]*\?>|<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const REFERENCES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Parses XML without comments, CDATA and namespaces. Throws where the text is not well formed. */
export function parseXml(xml: string): XmlElement {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [top];
  for (let at = 0; at < xml.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(xml);
    if (match === null) throw new Error(`Not well formed at ${at}: ${xml.slice(at, at + 40)}`);
    const [, close, name = '', attributes = '', empty, text] = match;
    const current = open.at(-1) ?? top;
    if (text !== undefined) current.text += resolve(text);
    else if (name === '') continue;
    else if (close === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes nothing.`);
    } else {
      const element: Open = { name, attributes: readAttributes(attributes), children: [], text: '' };
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [root, ...more] = top.children;
  if (root === undefined || more.length > 0 || open.length > 1)
    throw new Error('There has to be one root element.');
  return root;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`The attribute ${name} stands twice.`);
    attributes[name] = resolve(value);
  }
  return attributes;
}

function resolve(text: string): string {
  return text.replace(/&([^;]*);?/g, (reference, name: string) => {
    const code = /^#(\d+)$/.exec(name);
    const character = code === null ? REFERENCES[name] : String.fromCodePoint(Number(code[1]));
    if (character === undefined || !reference.endsWith(';'))
      throw new Error(`${reference} refers to nothing.`);
    return character;
  });
}
