import { trendsIn } from '../../core/ide/trends.ts';
import { trendsRequest } from '../../protocol/trends.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/trends`: the trends of a document's metrics, from the numbers that are known, to be drawn at the ends of lines. */
export const trends: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, trendsRequest, (snapshot, { textDocument: { uri } }) =>
      snapshot.files(uri).flatMap((file) =>
        trendsIn(snapshot.context, file).map(({ place, ...trend }) => ({
          line: snapshot.range(place).start.line,
          ...trend,
        })),
      ),
    );
  },
};
