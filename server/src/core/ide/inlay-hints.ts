import { type Span, touches } from '../base/span.ts';
import { spanOfDefinition } from '../check/inside.ts';
import type { Need } from '../evaluate/numbers.ts';
import type { AnyDefinition, Project } from '../model/project.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { exampleSlots } from './inlay-hints/example-slots.ts';
import { metricSlot } from './inlay-hints/metric-slot.ts';
import { segmentSlots } from './inlay-hints/segment-slots.ts';
import type { HintKind, HintSlot } from './inlay-hints/slot.ts';
import { sourceSlot } from './inlay-hints/source-slot.ts';
import { targetSlot } from './inlay-hints/target-slot.ts';
import { whereSlots } from './inlay-hints/where-slots.ts';

/** A value beside the text that it belongs to. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly kind: HintKind;
  /** Whether it may be another by now. The label then begins with `… `, so that it is not taken for the current one. */
  readonly stale: boolean;
}

/** Which kinds of hints are wanted. */
export interface HintOptions {
  readonly metrics: boolean;
  readonly segments: boolean;
  readonly where: boolean;
  readonly targets: boolean;
  readonly sources: boolean;
  readonly examples: boolean;
}

/** Every kind of hint, as long as nobody says otherwise. */
export const ALL_HINTS: HintOptions = {
  metrics: true,
  segments: true,
  where: true,
  targets: true,
  sources: true,
  examples: true,
};

/** The numbers that hints in a part of a file would show, each once. */
export function inlayNeeds(
  context: IdeContext,
  file: IdeFile,
  span: Span,
  options: HintOptions = ALL_HINTS,
): Need[] {
  const needs = slotsIn(context, file, span, options).flatMap((slot) => slot.needs);
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}

/** The hints in a part of a file, in the order of the text, with the numbers that are known now. */
export function inlayHints(
  context: IdeContext,
  file: IdeFile,
  span: Span,
  options: HintOptions = ALL_HINTS,
): InlayHint[] {
  const { numbers } = context;
  if (numbers === undefined) return [];
  return slotsIn(context, file, span, options).flatMap(({ kind, offset, show }) => {
    const text = show(numbers);
    if (text === undefined) return [];
    const { label, tooltip, stale } = text;
    return [{ offset, label: stale ? `… ${label}` : label, tooltip, kind, stale }];
  });
}

function slotsIn(context: IdeContext, file: IdeFile, span: Span, options: HintOptions): readonly HintSlot[] {
  return file.file.definitions
    .filter((definition) => {
      const { start, end } = spanOfDefinition(definition);
      return start <= span.end && span.start <= lineEndOf(file.file.text, end);
    })
    .filter((definition) => isTheOne(context.checked.project, definition))
    .flatMap((definition) => slotsOf(context, file, definition, options))
    .filter(({ offset }) => touches(span, offset))
    .sort((a, b) => a.offset - b.offset);
}

/** A hint may stand behind the body of a definition, after a comment on its last line. */
function lineEndOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Of several definitions with one name, the numbers are those of the first. */
function isTheOne(project: Project, definition: AnyDefinition): boolean {
  const { name } = definition;
  switch (definition.definition) {
    case 'metric':
      return project.metrics.get(name) === definition;
    case 'segment':
      return project.segments.get(name) === definition;
    case 'source':
      return project.sources.get(name) === definition;
    case 'target':
      return project.targets.get(name) === definition;
    case 'journey':
      return false;
  }
}

function slotsOf(
  context: IdeContext,
  file: IdeFile,
  definition: AnyDefinition,
  options: HintOptions,
): readonly HintSlot[] {
  switch (definition.definition) {
    case 'metric':
      return [
        ...(options.metrics ? listed(metricSlot(context, file, definition)) : []),
        ...(options.where ? whereSlots(context, file, definition) : []),
        ...(options.examples ? exampleSlots(context, file, definition) : []),
      ];
    case 'segment':
      return options.segments ? segmentSlots(file, definition) : [];
    case 'source':
      return options.sources ? [sourceSlot(file, definition)] : [];
    case 'target':
      return options.targets ? listed(targetSlot(context, file, definition)) : [];
    case 'journey':
      return [];
  }
}

function listed(slot: HintSlot | undefined): readonly HintSlot[] {
  return slot === undefined ? [] : [slot];
}
