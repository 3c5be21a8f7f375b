import { base64 } from '../../core/base/base64.ts';

/** A text as an address that an image can be shown from. */
export function base64Url(type: string, text: string): string {
  return `data:${type};base64,${base64(text)}`;
}
