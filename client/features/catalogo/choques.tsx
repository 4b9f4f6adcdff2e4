import { fechaHoraAqui } from '#client/app/fechas.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { Valor } from '#shared/domain/catalogo/campo.ts';
import type { Choque, Edicion } from './use-edicion.ts';

export function valorDicho(valor: Valor): string {
  if (valor === null || valor === '') return 'vacío';
  return typeof valor === 'boolean' ? (valor ? 'sí' : 'no') : `«${valor}»`;
}

/** What somebody else put while this form was open: both values, and a choice for each. Nothing was saved yet. */
export function Choques({
  choques,
  edicion,
  onResuelto,
  decir = (_campo, valor) => valorDicho(valor),
}: {
  choques: readonly Choque[];
  edicion: Edicion;
  onResuelto: (campo: string) => void;
  /** A value as a person reads it (the name of a category). */
  decir?: (campo: string, valor: Valor) => string;
}) {
  return choques.map((choque) => (
    <Banner
      key={choque.campo}
      tone="warn"
      role="alert"
      title={`${choque.nombre}: ${choque.quien ?? 'alguien'} puso ${decir(choque.campo, choque.suyo)} mientras escribías`}
      actions={
        <>
          <Button
            onClick={() => {
              edicion.cede(choque);
              onResuelto(choque.campo);
            }}
          >
            Dejar {decir(choque.campo, choque.suyo)}
          </Button>
          <Button
            onClick={() => {
              edicion.insiste(choque);
              onResuelto(choque.campo);
            }}
          >
            Poner {decir(choque.campo, choque.tuyo)}
          </Button>
        </>
      }
    >
      Tú viste {decir(choque.campo, choque.base)} y escribiste {decir(choque.campo, choque.tuyo)}
      {choque.en === null ? '' : ` · lo cambió ${fechaHoraAqui(choque.en)}`}. Todavía no se guarda nada.
    </Banner>
  ));
}
