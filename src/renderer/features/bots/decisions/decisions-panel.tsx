/** What the account decided last: orders, what the gate refused and why, and alerts. */

import type { DecisionLine, TradingStatus } from '../../../../contract/trading.ts';
import { useAsked } from '../../../app/use-asked.ts';
import { usePaced } from '../../../app/use-paced.ts';
import { DECISION_WORDS } from '../../../ui/decision-words.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { withBotNames } from '../bot-of.ts';
import { When } from '../when.tsx';

/** An account decides up to once a second, and a list that jumps cannot be read. */
const AT_MOST_EVERY_MS = 2_000;

export function DecisionsPanel({ status }: { status: TradingStatus }) {
  const changed = usePaced(status.time, AT_MOST_EVERY_MS);
  const input = { account: status.mode, limit: 50 } as const;
  const { answer, reload } = useAsked('trading.decisions', input, String(changed));
  return (
    <Panel title="Last decisions" note="Of all bots, newest first" flush>
      {answer.status === 'loading' && <LoadingPanel label="Loading the decisions" height={120} />}
      {answer.status === 'failed' && (
        <ErrorPanel
          title="The decisions cannot be shown"
          sentence={answer.error.sentence}
          onRetry={reload}
        />
      )}
      {answer.status === 'ready' && <Lines lines={answer.value} bots={status.bots} />}
    </Panel>
  );
}

interface LinesProps {
  readonly lines: readonly DecisionLine[];
  readonly bots: TradingStatus['bots'];
}

function Lines({ lines, bots }: LinesProps) {
  if (lines.length === 0) {
    return (
      <p className="quiet portfolio-hint">
        Nothing has been decided yet. A running bot decides at the end of each bar.
      </p>
    );
  }
  return (
    // Focusable, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ol className="decisions" tabIndex={0} aria-label="Last decisions">
      {lines.map((line, index) => (
        // A decision has no id, and several share a moment.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={`${line.time} ${index}`} line={line} bots={bots} />
      ))}
    </ol>
  );
}

function Line({ line, bots }: { line: DecisionLine; bots: TradingStatus['bots'] }) {
  const { time, botId, kind, code, sentence } = line;
  const { word, tone } = DECISION_WORDS[kind];
  const bot = bots.find(({ id }) => id === botId) ?? null;
  return (
    <li className="decision">
      <span className="decision-when">
        <When time={time} />
      </span>
      <span>
        <Tag tone={tone}>{word}</Tag>
      </span>
      <div>
        {kind === 'denied' && <p className="decision-denied">denied: {code}</p>}
        <p>
          {withBotNames(sentence, bots)}
          {bot !== null && <span className="quiet"> {bot.settings.name}</span>}
        </p>
      </div>
    </li>
  );
}
