/** A share as a bar, beside the numbers that say the same. `of` is the whole, `part` the lighter piece of it that was there before. */
export function Bar({ share, before }: { readonly share: number; readonly before?: number }) {
  const width = (value: number): string => `${Math.max(0, Math.min(1, value)) * 100}%`;
  return (
    <svg class="bar" aria-hidden="true" focusable="false" preserveAspectRatio="none">
      <rect class="bar-ground" width="100%" height="100%" />
      {before === undefined ? null : <rect class="bar-before" width={width(before)} height="100%" />}
      <rect class="bar-share" width={width(share)} height="100%" />
    </svg>
  );
}
