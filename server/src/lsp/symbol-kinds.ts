import { SymbolKind } from 'vscode-languageserver';
import type { OutlineKind } from '../core/ide/document-symbols.ts';

/** The icons of the protocol that come nearest to what we have. */
export const SYMBOL_KINDS: Readonly<Record<OutlineKind, SymbolKind>> = {
  source: SymbolKind.Class,
  column: SymbolKind.Field,
  link: SymbolKind.Property,
  segment: SymbolKind.Enum,
  group: SymbolKind.EnumMember,
  metric: SymbolKind.Function,
  part: SymbolKind.Variable,
  target: SymbolKind.Event,
  journey: SymbolKind.Module,
  stage: SymbolKind.Object,
};
