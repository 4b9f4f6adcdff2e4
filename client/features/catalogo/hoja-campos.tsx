import { type ReactNode, useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { SelectOption } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import type { Campo } from '#shared/domain/catalogo/campo.ts';
import { Campos } from './campos.tsx';
import { Choques } from './choques.tsx';
import { type Choque, useEdicion, type Valores } from './use-edicion.ts';

type Cambios = Record<string, { base: Valores[string]; valor: Valores[string] }>;

export type HojaCamposProps = {
  titulo: string;
  campos: readonly Campo[];
  leido: Readonly<Valores>;
  onClose: () => void;
  guarda: (cambios: Cambios) => Promise<{ estado: 'guardado' } | { estado: 'cambio'; choques: Choque[] }>;
  opciones?: Readonly<Record<string, readonly SelectOption[]>>;
  hints?: Readonly<Record<string, string | undefined>>;
  /** Out of use, or back; absent for a new row. */
  activo?: { es: boolean; cambia: (activo: boolean) => Promise<unknown> };
  children?: ReactNode;
};

/** A row of the catalogue in a sheet: its fields, what somebody else changed meanwhile, `Dar de baja`. Mount it anew for each row. */
export function HojaCampos(props: HojaCamposProps) {
  const { titulo, campos, leido, onClose, guarda, opciones, hints, activo, children } = props;
  const edicion = useEdicion(campos, leido);
  const [choques, setChoques] = useState<readonly Choque[]>([]);
  const [falla, setFalla] = useState<string | null>(null);
  const [ocupado, setOcupado] = useState(false);
  const hace = async (que: () => Promise<unknown>) => {
    setOcupado(true);
    setFalla(null);
    try {
      await que();
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(false);
    }
  };
  const manda = () => {
    const cambios = edicion.cambios();
    if (cambios === null) return;
    if (Object.keys(cambios).length === 0) return onClose();
    void hace(async () => {
      const hecho = await guarda(cambios);
      if (hecho.estado === 'cambio') setChoques(hecho.choques);
      else onClose();
    });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={titulo}
      actions={
        <>
          <Button variant="primary" block tall busy={ocupado} disabled={choques.length > 0} onClick={manda}>
            Guardar
          </Button>
          {activo && (
            <Button
              block
              variant={activo.es ? 'danger' : 'secondary'}
              onClick={() =>
                void hace(async () => {
                  await activo.cambia(!activo.es);
                  onClose();
                })
              }
            >
              {activo.es ? 'Dar de baja' : 'Reactivar'}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {falla !== null && (
          <Banner tone="bad" title="No se guardó" role="alert">
            {falla}
          </Banner>
        )}
        <Choques
          choques={choques}
          edicion={edicion}
          onResuelto={(campo) => setChoques((antes) => antes.filter((c) => c.campo !== campo))}
        />
        <Campos
          edicion={edicion}
          campos={campos}
          {...(opciones ? { opciones } : {})}
          {...(hints ? { hints } : {})}
        />
        {children}
      </div>
    </Sheet>
  );
}
