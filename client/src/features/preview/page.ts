import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Of the extension: all that a page may load. */
const FOLDER = ['dist', 'webview'];

/** Where a page may load from, and that it may run its one script. */
export function pageOptions(extension: Uri): { enableScripts: true; localResourceRoots: readonly Uri[] } {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, ...FOLDER)] };
}

/** The empty page of a preview. It may run its one script, use its one style sheet, and fetch nothing. Its words are English in every editor. */
export function pageHtml(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const uri = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(extension, ...FOLDER, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    // Pictures are drawn here and nowhere fetched.
    'img-src data: blob:',
    // These two do not follow the default.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${uri('preview.css')}">
<title>Plumbline</title>
</head>
<body>
<script nonce="${nonce}" src="${uri('preview.js')}"></script>
</body>
</html>`;
}
