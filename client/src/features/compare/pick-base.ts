import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { Base, Ref, Refs } from '../../../../server/src/protocol/index.ts';
import { LAST_COMMIT, mergeBaseOf } from './bases.ts';
import { oneLine } from './plain-text.ts';

/** A version to choose; without a `base` somebody is asked for one. */
interface Choice extends QuickPickItem {
  readonly base?: Base;
}

/** Asks which version of the project to compare with. Undefined where somebody thought better of it. */
export async function pickBase(refs: Refs): Promise<Base | undefined> {
  const chosen = await window.showQuickPick(choicesOf(refs), {
    title: l10n.t('Compare with Which Version?'),
    placeHolder: l10n.t('The metrics as they are now, unsaved text too, are compared with it'),
    matchOnDescription: true,
  });
  if (chosen === undefined) return undefined;
  return chosen.base ?? askForRef();
}

function choicesOf(refs: Refs): readonly Choice[] {
  const { branch } = refs;
  const since = mergeBaseOf(refs);
  const first: Choice[] = [
    {
      label: l10n.t('Last commit (HEAD)'),
      description: l10n.t('what would be committed now'),
      iconPath: new ThemeIcon('git-commit'),
      base: LAST_COMMIT,
    },
  ];
  if (since.mergeBase) {
    first.push({
      label: l10n.t('Where this branch left {0}', withoutIcons(since.ref)),
      description: branch === null ? l10n.t('what this branch changed') : l10n.t('what {0} changed', branch),
      iconPath: new ThemeIcon('git-merge'),
      base: since,
    });
  }
  const another: Choice = {
    label: l10n.t('Another commit…'),
    description: l10n.t('by its name, or as git reads it: HEAD~3'),
    iconPath: new ThemeIcon('edit'),
    alwaysShow: true,
  };
  return [
    ...first,
    ...group(refs, 'branch', l10n.t('branches'), 'git-branch'),
    ...group(refs, 'remote', l10n.t('branches of remotes'), 'cloud'),
    ...group(refs, 'tag', l10n.t('tags'), 'tag'),
    { label: '', kind: QuickPickItemKind.Separator },
    another,
  ];
}

function group({ refs, branch }: Refs, kind: Ref['kind'], label: string, icon: string): readonly Choice[] {
  const own = refs.filter((ref) => ref.kind === kind);
  if (own.length === 0) return [];
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...own.map(
      ({ name }): Choice => ({
        label: withoutIcons(name),
        ...(kind === 'branch' && name === branch ? { description: l10n.t('current') } : {}),
        iconPath: new ThemeIcon(icon),
        base: { ref: name, mergeBase: false },
      }),
    ),
  ];
}

async function askForRef(): Promise<Base | undefined> {
  const ref = await window.showInputBox({
    title: l10n.t('Compare with Which Commit?'),
    prompt: l10n.t('A branch, a tag, a commit, or what git reads as one.'),
    placeHolder: 'HEAD~3',
    validateInput: (value) => refProblem(value.trim()),
  });
  return ref === undefined ? undefined : { ref: ref.trim(), mergeBase: false };
}

function refProblem(ref: string): string | undefined {
  if (ref === '') return l10n.t('Name a commit.');
  return ref.startsWith('-') ? l10n.t('A name of a commit begins with no dash.') : undefined;
}

/** The name of a branch may hold what the list of choices would show as an icon. */
function withoutIcons(name: string): string {
  return oneLine(name).replaceAll('$(', '\\$(');
}
