import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { Card } from '#client/ui/card.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { listaNatural } from '#shared/formato.ts';
import { valorDicho } from './choques.tsx';
import { CodigosProducto } from './codigos-producto.tsx';
import { FormaProducto } from './forma-producto.tsx';
import { FotoProducto } from './foto-producto.tsx';
import { LugaresProducto } from './lugares-producto.tsx';
import { PartesProducto } from './partes-producto.tsx';
import { ProveedoresProducto } from './proveedores-producto.tsx';

export type Ficha = Awaited<ReturnType<typeof api.productos.ficha.query>>;

const ACCION: Readonly<Record<string, string>> = {
  'producto.creado': 'lo creó',
  'producto.editado': 'lo cambió',
  'producto.edicion_deshecha': 'deshizo una edición',
  'producto.baja': 'lo dio de baja',
  'producto.reactivado': 'lo reactivó',
  'producto.codigo': 'cambió un código',
  'producto.ubicacion': 'cambió dónde está',
  'producto.proveedor': 'cambió un proveedor',
  'producto.foto': 'cambió la foto',
  'producto.unido': 'lo unió con otro',
  'producto.recibio': 'le unió otro',
  'producto.separado': 'deshizo la unión',
  'producto.distinto': 'dijo que no es duplicado',
  'producto.partes': 'cambió sus partes',
};

/** Everything of one product: its fields, photo, codes, bins, suppliers, state and who changed what. */
export function FichaProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);
  const puedo = edita && ficha.fusionadoEn === null;
  return (
    <div className="flex flex-col gap-4 pb-6">
      {ficha.fusionadoEn !== null && (
        <Banner
          tone="info"
          title={`Se unió con ${ficha.fusionadoCodigo}`}
          actions={
            <Link
              to="/catalogo/$productoId"
              params={{ productoId: ficha.fusionadoEn }}
              className={buttonClass()}
            >
              Abrir {ficha.fusionadoCodigo}
            </Link>
          }
        >
          Su historia se conserva aquí. Sus códigos y su existencia están en el que quedó.
        </Banner>
      )}
      <FormaProducto
        key={ficha.actualizadoEn}
        id={ficha.id}
        leido={ficha.valores}
        edita={puedo}
        onGuardado={() => setAviso({ id: Date.now(), texto: 'Guardado.' })}
      />
      <div className="grid gap-4 pc:grid-cols-2">
        <FotoProducto ficha={ficha} edita={puedo} />
        {(ficha.valores.esJuego === true || ficha.partes !== null) && (
          <PartesProducto ficha={ficha} edita={puedo} />
        )}
        <CodigosProducto ficha={ficha} edita={puedo} />
        <LugaresProducto ficha={ficha} edita={puedo} />
        <ProveedoresProducto ficha={ficha} edita={puedo} />
      </div>
      <Card title="Quién lo cambió">
        <ul className="list" aria-label="Cambios del producto">
          {ficha.historia.map((h) => (
            <ListRow
              key={h.id}
              title={`${h.quien ?? 'El sistema'} ${ACCION[h.accion] ?? 'lo cambió'}`}
              detail={[
                fechaHoraAqui(h.en),
                ...h.campos
                  .slice(0, 4)
                  .map((c) => `${c.campo}: ${valorDicho(c.antes)} → ${valorDicho(c.despues)}`),
              ].join(' · ')}
            />
          ))}
          {ficha.historia.length === 0 && <ListRow title="Nadie lo ha cambiado desde la app" />}
        </ul>
      </Card>
      {puedo && <Estado ficha={ficha} />}
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </div>
  );
}

/** `Dar de baja` or `Reactivar`, and what it means for counts that are open. */
function Estado({ ficha }: { ficha: Ficha }) {
  const [preguntando, setPreguntando] = useState(false);
  const cambia = useOrden(
    (activo: boolean) => api.productos.cambiaActivo.mutate({ id: ficha.id, activo, confirmado: true }),
    ['catalogo'],
  );
  const folios = ficha.conteos.map((c) => c.folio);
  return (
    <>
      {cambia.error !== null && (
        <Banner tone="bad" title="No se cambió" role="alert">
          {errorDe(cambia.error).mensaje}
        </Banner>
      )}
      <Button
        block
        variant={ficha.isActive ? 'danger' : 'secondary'}
        busy={cambia.isPending}
        onClick={() => (ficha.isActive ? setPreguntando(true) : cambia.mutate(true))}
      >
        {ficha.isActive ? 'Dar de baja' : 'Reactivar'}
      </Button>
      <Dialog
        open={preguntando}
        onClose={() => setPreguntando(false)}
        title="Dar de baja"
        actions={
          <>
            <Button
              block
              variant="danger"
              onClick={() => {
                setPreguntando(false);
                cambia.mutate(false);
              }}
            >
              Dar de baja
            </Button>
            <Button block onClick={() => setPreguntando(false)}>
              Dejarlo vigente
            </Button>
          </>
        }
      >
        <p>
          Ya no se ofrece al contar ni al vender. Sus movimientos y conteos se conservan, y se puede reactivar
          cuando quieras.
        </p>
        {folios.length > 0 && (
          <p>
            Está en {folios.length === 1 ? 'el conteo' : 'los conteos'} {listaNatural(folios)}: ahí sigue
            hasta que se apruebe.
          </p>
        )}
      </Dialog>
    </>
  );
}
