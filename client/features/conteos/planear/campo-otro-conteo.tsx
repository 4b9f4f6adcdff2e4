import { fechaAqui } from '#client/app/fechas.ts';
import { useConsulta } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Select } from '#client/ui/select.tsx';

/** Newest first; an older one is reached from its review. */
const CUANTOS = 60;

export type OtroConteo = { id: string; folio: string | null };

export type CampoOtroConteoProps = {
  /** What the other conteo is for. */
  para: 'corregir' | 'comparar';
  almacenId: string;
  value: string;
  onValue: (value: string, folio: string | null) => void;
  /** Where one came from that may be too old for the list. */
  fijo?: OtroConteo | undefined;
  error?: string | undefined;
};

const TEXTO = {
  corregir: {
    label: 'Corrige al conteo',
    ninguno: 'No corrige a ninguno',
    hint: 'Uno cerrado no se reabre: este lo nombra y lo que apruebes aquí vale desde ahora.',
  },
  comparar: {
    label: 'Comparar con',
    ninguno: 'Solo con el libro',
    hint: 'Cada producto se compara con lo que contó ese conteo, más lo que se movió desde entonces.',
  },
} as const;

/** Chooses a real conteo of the almacén by its folio. */
export function CampoOtroConteo({ para, almacenId, value, onValue, fijo, error }: CampoOtroConteoProps) {
  const estados = para === 'corregir' ? (['cerrado'] as const) : (['en_revision', 'cerrado'] as const);
  const lista = useConsulta(
    ['historial', para, almacenId],
    () =>
      api.conteos.historial.query({
        estados: [...estados],
        antesDe: null,
        almacenId,
        proposito: 'conteo',
        limite: CUANTOS,
      }),
    { activa: almacenId !== '', fresca: 30_000 },
  );
  const reales = lista.data ?? [];
  const opciones = reales.map((c) => ({
    value: c.id,
    folio: c.folio,
    label: [c.folio, c.nombre, c.cerradoEn === null ? 'en revisión' : `cerrado ${fechaAqui(c.cerradoEn)}`]
      .filter(Boolean)
      .join(' · '),
  }));
  if (fijo !== undefined && !reales.some(({ id }) => id === fijo.id))
    opciones.unshift({ value: fijo.id, folio: fijo.folio, label: fijo.folio ?? 'Conteo elegido' });
  const { label, ninguno, hint } = TEXTO[para];
  return (
    <Select
      label={label}
      value={value}
      onValue={(id) => onValue(id, opciones.find((opcion) => opcion.value === id)?.folio ?? null)}
      options={opciones}
      placeholder={ninguno}
      disabled={almacenId === ''}
      hint={
        almacenId === ''
          ? 'Elige antes dónde se cuenta.'
          : lista.isError
            ? errorDe(lista.error).mensaje
            : lista.data !== undefined && opciones.length === 0
              ? 'Aquí todavía no hay ninguno.'
              : hint
      }
      error={error}
    />
  );
}
