/** What the risk gate would make of the order, before it is sent. */

import { formatPrice } from '../../../ui/format.ts';
import { withBotNames, type BotStatusLine } from '../bot-of.ts';
import { costWords, sizeWords } from '../../../app/order/order-plan.ts';
import type { Preview } from './ticket-store.ts';

interface PreviewLinesProps {
  readonly preview: Preview;
  readonly bots: readonly BotStatusLine[];
  readonly quote: string;
}

export function PreviewLines(props: PreviewLinesProps) {
  const { preview } = props;
  const isDenied = preview.status === 'shown' && preview.preview.kind === 'denied';
  const tone = isDenied || preview.status === 'failed' ? 'bad' : 'quiet';
  return (
    <div
      className="ticket-preview"
      data-tone={tone}
      role="status"
      aria-label="What the risk gate will do"
      aria-busy={preview.status === 'asking'}
    >
      <PreviewWords {...props} />
    </div>
  );
}

function PreviewWords({ preview, bots, quote }: PreviewLinesProps) {
  switch (preview.status) {
    case 'none':
      return <p className="quiet">Enter an amount to see what the limits make of it.</p>;
    case 'asking':
      return <p className="quiet">Asking the risk gate</p>;
    case 'failed':
      return <p>{preview.sentence}</p>;
    case 'shown':
      break;
  }
  const { order, preview: answer } = preview;
  if (answer.kind === 'denied') {
    return (
      <>
        <p>
          denied: <strong>{answer.code}</strong>
        </p>
        <p>{withBotNames(answer.sentence, bots)}</p>
      </>
    );
  }
  return (
    <>
      <p className="figure ticket-size">{sizeWords(order.cost, answer.cost, quote)}</p>
      <p className="quiet">
        at about <span className="figure">{formatPrice(answer.price)}</span>
        {answer.stop !== null && (
          <>
            , stop at <span className="figure">{formatPrice(answer.stop)}</span>
          </>
        )}
      </p>
      {[...costWords(answer, quote), ...answer.adjustments].map((sentence) => (
        <p key={sentence} className="quiet">
          {sentence}
        </p>
      ))}
    </>
  );
}
