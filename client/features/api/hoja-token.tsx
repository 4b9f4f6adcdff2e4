import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { ALCANCES, type Alcance, alcancesDe, VIDAS_TOKEN } from '#shared/contracts/api.ts';
import { mensajeDe } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import { SecretoUnico } from './secreto-unico.tsx';

const VIDAS = [
  ...VIDAS_TOKEN.map((dias) => ({ value: String(dias), label: dias === 365 ? '1 año' : `${dias} días` })),
  { value: 'siempre', label: 'Sin fin' },
];

export type HojaTokenProps = { open: boolean; onClose: () => void; rol: Rol };

/** A new token: what it is for, what it may do, for how long. Shown once. */
export function HojaToken({ open, onClose, rol }: HojaTokenProps) {
  const [nombre, setNombre] = useState('');
  const [alcances, setAlcances] = useState<readonly Alcance[]>(['inventario:leer']);
  const [vida, setVida] = useState('90');
  const crea = useOrden(
    (args: Parameters<typeof api.tokens.crea.mutate>[0]) => api.tokens.crea.mutate(args),
    ['tokens'],
  );
  const { data: hecho } = crea;
  const falla = crea.isError ? errorDe(crea.error) : null;
  const cierra = () => {
    onClose();
    crea.reset();
    setNombre('');
    setAlcances(['inventario:leer']);
    setVida('90');
  };
  return (
    <Sheet
      open={open}
      onClose={cierra}
      dismissable={hecho === undefined}
      title={hecho === undefined ? 'Token nuevo' : hecho.listado.nombre}
      actions={
        hecho === undefined ? (
          <Button
            variant="primary"
            block
            tall
            busy={crea.isPending}
            disabled={nombre.trim() === '' || alcances.length === 0}
            onClick={() =>
              crea.mutate({
                nombre: nombre.trim(),
                alcances: [...alcances],
                dias: vida === 'siempre' ? null : Number(vida),
              })
            }
          >
            Crear token
          </Button>
        ) : (
          <Button block onClick={cierra}>
            Ya lo guardé
          </Button>
        )
      }
    >
      {falla !== null && (
        <Banner tone="bad" title="No se creó" role="alert">
          {mensajeDe(falla.code, falla.data)}
        </Banner>
      )}
      {hecho === undefined ? (
        <>
          <TextField
            label="Para qué es"
            hint="Como lo reconocerás después: Caja 1, Contabilidad."
            value={nombre}
            onValue={setNombre}
            maxLength={100}
            autoComplete="off"
          />
          <fieldset className="field">
            <legend className="field-label">Qué puede hacer</legend>
            {alcancesDe(rol).map((alcance) => (
              <Checkbox
                key={alcance}
                label={ALCANCES[alcance].nombre}
                detail={ALCANCES[alcance].detalle}
                checked={alcances.includes(alcance)}
                onChecked={(si) =>
                  setAlcances((antes) => (si ? [...antes, alcance] : antes.filter((uno) => uno !== alcance)))
                }
              />
            ))}
          </fieldset>
          <Segmented label="Cuánto dura" showLabel options={VIDAS} value={vida} onValue={setVida} />
          <p className="text-ink-soft">Nunca abre más que tu puesto, y deja de servir si te desactivan.</p>
        </>
      ) : (
        <SecretoUnico nombre="Token" secreto={hecho.token}>
          Ponlo en tu programa como «authorization: Bearer …».
        </SecretoUnico>
      )}
    </Sheet>
  );
}
