import './preview.css';
import { render } from 'preact';
import type { Preview } from '../../server/src/protocol/index.ts';
import type { Picture } from '../../server/src/views/host.ts';
import { App, type Model } from './app.tsx';
import { mergePreview } from './merge.ts';
import type { FromPage, ToPage } from './messages.ts';
import { editor } from './saved.ts';
import { copyPicture, pictureText, takePicture } from './take-picture.ts';

/** How long it is told what has been done. */
const TOLD_MS = 4000;

const { api, store } = editor();
const root = document.createElement('div');
document.body.append(root);
let forgetting: number | undefined;
let model: Model = {
  preview: null,
  freshness: 'updating',
  percent: 0,
  failure: null,
  action: null,
  isLocked: store.get().state?.locked ?? false,
  told: '',
};

function change(next: Partial<Model>): void {
  model = { ...model, ...next };
  render(<App model={model} store={store} post={post} picture={picture} />, root);
}

function post(message: FromPage): void {
  api.postMessage(message);
}

function tell(told: string): void {
  window.clearTimeout(forgetting);
  forgetting = window.setTimeout(() => change({ told: '' }), TOLD_MS);
  change({ told });
}

function picture(taken: Picture): void {
  takePicture(taken)
    .then(async (png) => {
      if (await copyPicture(png)) tell('Copied as an image');
      else post({ kind: 'savePicture', name: taken.name, png: await pictureText(png) });
    })
    .catch((error: unknown) =>
      change({ failure: { text: `The picture could not be made: ${error}`, action: null } }),
    );
}

function receive(message: ToPage): void {
  switch (message.kind) {
    case 'state':
      store.change({ state: message.state });
      change({ isLocked: message.state?.locked ?? false });
      break;
    case 'preview': {
      const { preview, isWhole, action } = message;
      change({
        preview: isWhole ? preview : mergePreview(model.preview, preview),
        freshness: isWhole ? 'current' : 'updating',
        failure: null,
        action,
      });
      break;
    }
    case 'stale':
      change({ freshness: 'updating', percent: 0 });
      break;
    case 'progress':
      change({ percent: message.percent });
      break;
    case 'failure': {
      const { text, action } = message;
      change({ failure: { text, action }, freshness: 'old', action: null });
      break;
    }
    case 'refused':
      change({ failure: { text: message.text, action: null } });
      break;
    case 'rows':
      change({ preview: withRows(model.preview, message) });
      break;
    case 'told':
      tell(message.what);
      break;
    case 'reveal':
      reveal(message.section);
      break;
  }
}

function withRows(
  preview: Preview | null,
  { source, rows }: Extract<ToPage, { kind: 'rows' }>,
): Preview | null {
  if (preview?.kind !== 'source' || preview.about.name !== source) return preview;
  return { ...preview, rows };
}

function reveal(section: string): void {
  const element = document.getElementById(section);
  element?.scrollIntoView({ block: 'start' });
  const heading = element?.querySelector<HTMLElement>('h2, h3');
  if (heading == null) return;
  // A heading takes the focus only where it is told that it may.
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

window.addEventListener('message', (event: MessageEvent<ToPage>) => receive(event.data));
change({});
post({ kind: 'ready' });
