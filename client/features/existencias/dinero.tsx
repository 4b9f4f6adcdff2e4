import { Fragment } from 'react';
import { pesos } from '#shared/formato.ts';

/** Large pesos that may break after a comma: with the letters doubled, millions are wider than a phone. */
export function Dinero({ centavos }: { centavos: bigint }) {
  const grupos = pesos(centavos, { centavos: true }).split(',');
  return (
    <span className="whitespace-normal">
      {grupos.map((grupo, lugar) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: why: the groups of one figure have no other name.
        <Fragment key={lugar}>
          {lugar > 0 && (
            <>
              ,<wbr />
            </>
          )}
          {grupo}
        </Fragment>
      ))}
    </span>
  );
}
