import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import type { Tone } from './tag.tsx';

export type CardProps = {
  title?: ReactNode;
  /** Under the title. */
  detail?: ReactNode;
  /** At the right of the title. */
  trailing?: ReactNode;
  /** A state colour only when the card tells a state. */
  tone?: Tone;
  /** The thing to do now: marked by a signal edge. */
  current?: boolean;
  headingLevel?: 2 | 3;
  children?: ReactNode;
  className?: string;
};

/** A section named by its title. */
export function Card({
  title,
  detail,
  trailing,
  tone = 'neutral',
  current,
  headingLevel = 2,
  children,
  className,
}: CardProps) {
  const id = useId();
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx(
        'card',
        tone !== 'neutral' && `card-tone tone-${tone}`,
        current && 'card-current',
        className,
      )}
    >
      {(title || trailing) && (
        <div className="card-head">
          {title && (
            <Heading id={id} className="card-title">
              {title}
            </Heading>
          )}
          {trailing}
        </div>
      )}
      {detail && <p className="card-detail">{detail}</p>}
      {children}
    </section>
  );
}
