/** How much of a limit is used: in figures and as a bar. */

interface MeterProps {
  readonly label: string;
  /** As shown: `7/20`, `1.2 %/5 %`. */
  readonly text: string;
  /** Used part, 0 to 1. */
  readonly part: number;
}

/** From here on it is worth a look. */
const NEAR = 0.75;

export function Meter({ label, text, part }: MeterProps) {
  const filled = Math.min(1, Math.max(0, part));
  const level = filled >= 1 ? 'full' : filled >= NEAR ? 'near' : 'calm';
  return (
    <div className="meter" data-level={level}>
      <div className="meter-words">
        <span className="quiet">{label}</span>
        <span className="figure">{text}</span>
      </div>
      <div
        role="meter"
        aria-label={label}
        aria-valuenow={Math.round(filled * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
        className="meter-track"
      >
        <div className="meter-fill" style={{ width: `${filled * 100}%` }} />
      </div>
    </div>
  );
}
