/** Keys of any definition that say something about it, and change neither what it computes nor what others see of it. */
export const BESIDE_KEYS: readonly string[] = [
  'label',
  'description',
  'why',
  'owner',
  'tags',
  'version',
  'changes',
  'benchmarks',
  'examples',
];
