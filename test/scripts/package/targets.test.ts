import assert from 'node:assert/strict';
import { checkIntegrity } from '../../../scripts/package/fetch-package.ts';
import { productionPackages } from '../../../scripts/package/lock.ts';
import { BINDINGS, bindingOf, isTarget, TARGETS } from '../../../scripts/package/targets.ts';

describe('the platforms with a package', () => {
  const locked = new Map(productionPackages().map((each) => [each.name, each]));

  for (const target of Object.keys(TARGETS).filter(isTarget)) {
    it(`${target} has a locked binding that is made for it`, () => {
      const binding = locked.get(bindingOf(target));
      const [system, processor] = target.split('-');
      assert.deepEqual(binding?.os, [system === 'alpine' ? 'linux' : system]);
      assert.deepEqual(binding?.cpu, [processor]);
      assert.deepEqual(binding?.libc, { alpine: ['musl'], linux: ['glibc'] }[system ?? '']);
      assert.match(binding?.integrity ?? '', /^sha512-/);
    });
  }

  it('are all for which DuckDB has a binding', () => {
    const bindings = [...locked.keys()].filter((name) => name.startsWith(BINDINGS));
    assert.deepEqual(bindings.sort(), Object.keys(TARGETS).filter(isTarget).map(bindingOf).sort());
  });
});

describe('a package from npm', () => {
  // FIPS 180-4: the digest of "abc".
  const digest =
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';
  const locked = {
    name: 'abc',
    version: '1.0.0',
    integrity: `sha512-${Buffer.from(digest, 'hex').toString('base64')}`,
  };

  it('is taken where it is the one that was locked', () => {
    assert.doesNotThrow(() => checkIntegrity(Buffer.from('abc'), locked));
  });

  it('is refused where it is another, and where nothing was locked', () => {
    assert.throws(
      () => checkIntegrity(Buffer.from('abd'), locked),
      /abc 1\.0\.0 .* is not the one in package-lock/,
    );
    const { integrity: _, ...unlocked } = locked;
    assert.throws(() => checkIntegrity(Buffer.from('abc'), unlocked), /is not the one/);
  });
});
