import { Stats } from '#client/ui/stats.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos, plural } from '#shared/formato.ts';
import { porcentajeExacto } from './vista-revision.ts';

/** Three figures, and one sentence that says what they mean. */
export function BandaResumen({ resumen }: { resumen: Revision['resumen'] }) {
  const exactos = porcentajeExacto(resumen.exactos, resumen.productos);
  const neto = toDecimal(resumen.neto, DINERO_ESCALA);
  const faltante = toDecimal(resumen.faltante, DINERO_ESCALA);
  const sobrante = toDecimal(resumen.sobrante, DINERO_ESCALA);
  const valorado = resumen.variaciones > resumen.sinCosto || resumen.sinCosto === 0;
  return (
    <div className="border-b border-line bg-paper">
      <Stats
        label="Resumen"
        items={[
          { label: 'exactos', value: exactos === null ? '—' : `${exactos}%` },
          {
            label: resumen.variaciones === 1 ? 'variación' : 'variaciones',
            value: cuenta(resumen.variaciones),
          },
          {
            label: 'en pesos, neto',
            value: valorado ? pesos(neto) : 'sin costo',
            tone: neto < 0n ? 'bad' : 'neutral',
          },
        ]}
      />
      <p className="px-gutter py-2 text-sm text-ink-soft">
        {resumen.productos === 0
          ? 'Todavía no llega nada contado.'
          : `${plural(resumen.productos, 'producto contado', 'productos contados')}: faltan ${pesos(-faltante)} y sobran ${pesos(sobrante)} al costo, sin IVA.`}
        {resumen.sinCosto > 0 &&
          ` ${plural(resumen.sinCosto, 'variación sin costo no suma', 'variaciones sin costo no suman')}.`}
      </p>
    </div>
  );
}
