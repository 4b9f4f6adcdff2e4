import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export type SectionProps = {
  title: string;
  /** At the right of the title: a figure, a quiet Button. */
  trailing?: ReactNode;
  /** The title stands over content that reaches the edge (a `flush` Screen). */
  flush?: boolean;
  headingLevel?: 2 | 3;
  children: ReactNode;
  className?: string;
};

/** A part of a screen with its heading, without the frame of a Card. */
export function Section({ title, trailing, flush, headingLevel = 2, children, className }: SectionProps) {
  const id = useId();
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={id} className={cx('section', flush && 'section-flush', className)}>
      <div className="section-head">
        <Heading id={id} className="card-title">
          {title}
        </Heading>
        {trailing}
      </div>
      {children}
    </section>
  );
}
