/** Names of character encodings, each with other names that people give it. They are those of the WHATWG Encoding Standard. */
const ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  'utf-8': ['utf8', 'unicode-1-1-utf-8'],
  'utf-16le': ['utf-16', 'utf16', 'utf16le', 'ucs-2', 'unicode'],
  'utf-16be': ['utf16be'],
  'windows-1252': [
    'latin1',
    'latin-1',
    'iso-8859-1',
    'iso8859-1',
    'iso_8859-1',
    'cp1252',
    'ascii',
    'us-ascii',
    'ansi',
  ],
  'windows-1250': ['cp1250'],
  'windows-1251': ['cp1251'],
  'windows-1253': ['cp1253'],
  'windows-1254': ['cp1254', 'iso-8859-9', 'latin5'],
  'windows-1255': ['cp1255'],
  'windows-1256': ['cp1256'],
  'windows-1257': ['cp1257'],
  'windows-1258': ['cp1258'],
  'windows-874': ['iso-8859-11', 'tis-620'],
  'iso-8859-2': ['latin2'],
  'iso-8859-3': ['latin3'],
  'iso-8859-4': ['latin4'],
  'iso-8859-5': ['cyrillic'],
  'iso-8859-6': ['arabic'],
  'iso-8859-7': ['greek'],
  'iso-8859-8': ['hebrew'],
  'iso-8859-10': ['latin6'],
  'iso-8859-13': [],
  'iso-8859-14': [],
  'iso-8859-15': ['latin-9', 'latin9'],
  'iso-8859-16': [],
  macintosh: ['mac', 'x-mac-roman'],
  'x-mac-cyrillic': [],
  'koi8-r': ['koi8'],
  'koi8-u': [],
  ibm866: ['cp866'],
  gbk: ['gb2312', 'chinese'],
  gb18030: [],
  big5: ['big5-hkscs'],
  'euc-jp': [],
  'iso-2022-jp': [],
  shift_jis: ['sjis', 'shift-jis', 'windows-31j'],
  'euc-kr': ['korean', 'ks_c_5601-1987'],
};

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(ENCODINGS).flatMap(([name, others]) => [name, ...others].map((label) => [label, name])),
);

/** Every name by which an encoding is known here, the usual ones first. */
export const ENCODING_NAMES: readonly string[] = [...Object.keys(ENCODINGS), ...NAMES.keys()];

/** The name of an encoding in the standard, such as `windows-1252` for `latin1`; `undefined` for none that is known. */
export function encodingOf(written: string): string | undefined {
  return NAMES.get(written.trim().toLowerCase());
}
