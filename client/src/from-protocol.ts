import { Location, Position, Range, Uri } from 'vscode';
import type { Location as ProtocolLocation } from '../../server/src/protocol/index.ts';

/** What the server writes, as the editor has it. The language client can do this too, but it is not there before the server is needed. */
export function uriFrom(uri: string): Uri {
  return Uri.parse(uri);
}

/** A position; both count lines and UTF-16 units from 0. */
export function positionFrom({ line, character }: ProtocolLocation['range']['start']): Position {
  return new Position(line, character);
}

/** A range, its end not in it. */
export function rangeFrom({ start, end }: ProtocolLocation['range']): Range {
  return new Range(positionFrom(start), positionFrom(end));
}

/** A range in a document. */
export function locationFrom({ uri, range }: ProtocolLocation): Location {
  return new Location(uriFrom(uri), rangeFrom(range));
}
