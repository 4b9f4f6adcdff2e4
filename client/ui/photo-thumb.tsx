import Image from 'lucide-react/icons/image';
import { useState } from 'react';
import { cx } from './cx.ts';

export type PhotoThumbProps = {
  src?: string | null;
  /** What the picture shows; '' when the name stands beside it. */
  alt: string;
  size?: 'small' | 'large';
  /** Opens the picture in full. */
  onPress?: () => void;
  className?: string;
};

/** A square of fixed size: nothing moves when the picture arrives, or when it never does. */
export function PhotoThumb({ src, alt, size = 'small', onPress, className }: PhotoThumbProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const shown = src && broken !== src;
  const face = shown ? (
    <img src={src} alt={onPress ? '' : alt} loading="lazy" decoding="async" onError={() => setBroken(src)} />
  ) : (
    <Image aria-hidden className="photo-none" />
  );
  const look = cx('photo', size === 'large' && 'photo-large', className);
  return onPress && shown ? (
    <button
      type="button"
      className={look}
      aria-label={alt ? `Ver foto: ${alt}` : 'Ver foto'}
      onClick={onPress}
    >
      {face}
    </button>
  ) : (
    <span className={look}>{face}</span>
  );
}
