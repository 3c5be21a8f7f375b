import { visible } from '../../core/ide/prose/clean.ts';
import type { Block, Run, Words } from '../../core/ide/prose/prose.ts';
import { base64Url } from './data-url.ts';
import { Scroll } from './scroll.tsx';

/** A description as elements. Whatever is in its words stays text. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div class="prose">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Line words={block.words} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Line words={item} />
            </li>
          ))}
        </ul>
      );
    case 'code':
      return <CodeText label="Expression" text={block.text} />;
    case 'image':
      return <img src={base64Url('image/svg+xml', block.svg)} alt={block.alt} />;
    case 'markdown':
      return (
        <p>
          <Line words={codeSpans(block.text)} />
        </p>
      );
  }
}

/** One line of words. */
export function Line({ words }: { readonly words: Words }) {
  return (
    <>
      {words.map((run, index) => (
        <RunView key={index} run={run} />
      ))}
    </>
  );
}

function RunView({ run }: { readonly run: Run }) {
  // The marks that turn the direction of writing would reorder the words around them too.
  if (typeof run === 'string') return <>{visible(run)}</>;
  return 'code' in run ? <code>{visible(run.code)}</code> : <strong>{visible(run.strong)}</strong>;
}

/** Text in a fixed width, as it is written. */
export function CodeText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Scroll label={label}>
      <pre>
        <code>{text}</code>
      </pre>
    </Scroll>
  );
}

/** The little Markdown that our own schema has: code between backticks. */
function codeSpans(markdown: string): Words {
  return markdown.split('`').map((part, index): Run => (index % 2 === 1 ? { code: part } : part));
}
