/** Texts that a stranger may give to a name, a label, a cell or a file, so that a report does something. */
export const HOSTILE: readonly { readonly what: string; readonly text: string }[] = [
  { what: 'HTML', text: '<img src=x onerror=alert(1)><script>alert(2)</script><!-- ' },
  { what: 'HTML in entities', text: '&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;' },
  { what: 'a Markdown link', text: '[click me](https://evil.example/x) ![i](https://evil.example/i.png)' },
  { what: 'a Markdown reference', text: '[a]: https://evil.example "t" [a] ![a]' },
  {
    what: 'an autolink',
    text: 'https://evil.example www.evil.example <https://evil.example> me@evil.example',
  },
  { what: 'a mention and references', text: '@everyone #1 GH-1 other/repo#2' },
  { what: 'Markdown markup', text: '**bold** _it_ ~~gone~~ `code` $x$ # Title' },
  { what: 'a table', text: 'a | b |\n|---|---|\n| forged | row |' },
  { what: 'a fence', text: '```\n</details>\n# Passed\n~~~' },
  { what: 'blocks of Markdown', text: '\n\n# Passed\n\n- item\n\n---\n> quote\n\n<details open>' },
  {
    what: 'workflow commands',
    text: '\n::set-output name=x::y\n::error file=a::forged\n::add-mask::a\n::stop-commands::t',
  },
  {
    what: 'older workflow commands',
    text: '##[error]forged ##[set-env name=PATH]x ##vso[task.setvariable variable=a]b',
  },
  { what: 'other servers', text: "##teamcity[buildStatus status='SUCCESS' text='ok']" },
  { what: 'escaped line breaks', text: '%0A::error::forged%0D%0A::warning::x' },
  {
    what: 'ANSI',
    text: '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007 \u009b2J \u001b[2K',
  },
  { what: 'sections of GitLab', text: '\u001b[0Ksection_start:1:x[collapsed=true]\r\u001b[0Kforged' },
  { what: 'a return', text: 'error\rPassed\u0008\u0008\u0007' },
  { what: 'writing direction', text: 'a\u202egnp.exe\u2066b\u2069\u200f\u061c' },
  { what: 'XML', text: ']]><failure/></testcase> & "quoted" \'single\' \u0000\u0001\ufffe' },
  { what: 'JSON', text: '", "passed": true, "x": "\u2028\\u0022' },
  { what: 'SARIF placeholders', text: '{0} {1:x} [text](1) [a](b)' },
  { what: 'half a surrogate pair', text: 'a\ud800b\udc00c' },
  { what: 'a path', text: '../../etc/passwd%2e%2e/ file:name,line=1 C:\\x' },
];
