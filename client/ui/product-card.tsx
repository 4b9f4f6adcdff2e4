import type { ReactNode } from 'react';
import { BigCount } from './big-count.tsx';
import { cx } from './cx.ts';
import { PhotoThumb } from './photo-thumb.tsx';

export type ProductCardProps = {
  name: string;
  code: string;
  /** Beside the code: "caja de 12", the bin. */
  detail?: string;
  photo?: string | null;
  /** The picture's square; off where there is no room or no pictures at all. */
  showPhoto?: boolean;
  onPhoto?: () => void;
  /** Running total, formatted, and its unit. */
  quantity?: string;
  unit?: string;
  /** What just happened: a Tag such as "+12 caja". */
  mark?: ReactNode;
  /** Changes with each counted line: the card flashes once. */
  flash?: string | number;
  headingLevel?: 2 | 3;
  className?: string;
};

/** The last product: what it is on the left, how many on the right, in digits for three metres. */
export function ProductCard({
  name,
  code,
  detail,
  photo,
  showPhoto = photo !== undefined,
  onPhoto,
  quantity,
  unit,
  mark,
  flash,
  headingLevel = 2,
  className,
}: ProductCardProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <article className={cx('product', className)}>
      {flash !== undefined && <span key={flash} aria-hidden className="product-flash" />}
      {showPhoto && <PhotoThumb src={photo} alt={name} onPress={onPhoto} />}
      <div className="product-text">
        <Heading className="product-name">{name}</Heading>
        <p className="product-code">
          <span>{code}</span>
          {detail && <span> · {detail}</span>}
        </p>
        {mark && <p className="mt-1">{mark}</p>}
      </div>
      {quantity !== undefined && <BigCount value={quantity} unit={unit} className="product-count" />}
    </article>
  );
}
