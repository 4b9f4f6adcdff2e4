import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { MENSAJES } from '#shared/codes.ts';
import type { TIPOS_CODIGO } from '#shared/contracts/catalogo.ts';
import { gtinKey, validaManual } from '#shared/domain/codigos.ts';
import type { Ficha } from './ficha-producto.tsx';

type Tipo = (typeof TIPOS_CODIGO)[number];
const TIPOS: readonly { value: Tipo; label: string }[] = [
  { value: 'barras', label: 'Código de barras' },
  { value: 'caja', label: 'Caja o paquete' },
  { value: 'alterna', label: 'Clave alterna' },
  { value: 'proveedor', label: 'Clave del proveedor' },
];

/** What a code is, said while it is typed. */
function dicho(codigo: string): { hint?: string; error?: string } {
  if (codigo.trim() === '') return {};
  const validez = validaManual(codigo);
  if (validez === 'digito_verificador_malo') return { error: MENSAJES.CODIGO_DIGITO_MALO };
  if (validez === 'muy_largo') return { error: MENSAJES.CODIGO_MUY_LARGO };
  return {
    hint:
      gtinKey(codigo) === null
        ? 'Código propio: solo sirve en tu empresa.'
        : 'Código universal (GTIN) con su dígito correcto.',
  };
}

export function CodigosProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const [abierto, setAbierto] = useState(false);
  const quita = useOrden(
    (codigo: string) => api.productos.quitaCodigo.mutate({ productoId: ficha.id, codigo }),
    ['catalogo'],
  );
  return (
    <Card
      title="Códigos"
      trailing={
        edita && (
          <Button aria-label="Agregar código" onClick={() => setAbierto(true)}>
            Agregar
          </Button>
        )
      }
    >
      <ul className="list" aria-label="Códigos">
        {ficha.codigos.map((c) => (
          <ListRow
            key={c.id}
            title={c.codigo}
            detail={
              <>
                {[c.nombre ?? TIPOS.find((t) => t.value === c.tipo)?.label ?? c.tipo].join(' · ')}
                {c.tambien !== null && <Tag tone="warn">también es de {c.tambien}</Tag>}
              </>
            }
            value={c.factor === '1' ? undefined : `×${c.factor}`}
            actions={
              edita && (
                <Button aria-label={`Quitar ${c.codigo}`} onClick={() => quita.mutate(c.codigo)}>
                  Quitar
                </Button>
              )
            }
          />
        ))}
        {ficha.codigos.length === 0 && (
          <ListRow title="Sin códigos de barras" detail="Al contar se busca por nombre o clave." />
        )}
      </ul>
      {abierto && <HojaCodigo productoId={ficha.id} onClose={() => setAbierto(false)} />}
    </Card>
  );
}

function HojaCodigo({ productoId, onClose }: { productoId: string; onClose: () => void }) {
  const [id] = useState(newId);
  const [codigo, setCodigo] = useState('');
  const [factor, setFactor] = useState('1');
  const [tipo, setTipo] = useState<Tipo>('barras');
  const [nombre, setNombre] = useState('');
  const agrega = useOrden(
    () =>
      api.productos.agregaCodigo.mutate({
        id,
        productoId,
        codigo,
        factor: factor.trim() === '' ? '1' : factor,
        tipo,
        nombre: nombre.trim() || null,
      }),
    ['catalogo'],
  );
  const tambien = agrega.data?.tambien ?? [];
  const { hint, error } = dicho(codigo);
  return (
    <Sheet
      open
      onClose={onClose}
      title="Agregar código"
      actions={
        tambien.length > 0 ? (
          <Button variant="primary" block tall onClick={onClose}>
            Entendido
          </Button>
        ) : (
          <Button
            variant="primary"
            block
            tall
            busy={agrega.isPending}
            disabled={codigo.trim() === ''}
            onClick={() =>
              agrega.mutate(undefined, { onSuccess: (hecho) => hecho.tambien.length === 0 && onClose() })
            }
          >
            {error === undefined ? 'Agregar' : 'Agregar así'}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {agrega.error !== null && (
          <Banner tone="bad" title="No se agregó" role="alert">
            {errorDe(agrega.error).mensaje}
          </Banner>
        )}
        {tambien.length > 0 && (
          <Banner tone="warn" title="Se agregó, y otro producto ya tenía ese código" role="alert">
            {tambien.map((t) => `${t.codigo} (${t.nombre})`).join(', ')}. Al leerlo se preguntará cuál es. Si
            son el mismo, únelos en Posibles duplicados.
          </Banner>
        )}
        <TextField
          label="Código"
          value={codigo}
          onValue={setCodigo}
          hint={hint}
          error={error}
          autoComplete="off"
        />
        <Select label="Qué es" value={tipo} onValue={(v) => setTipo(v as Tipo)} options={TIPOS} />
        <TextField
          label="Cuántas unidades trae"
          value={factor}
          onValue={setFactor}
          inputMode="decimal"
          hint="1 si es la pieza; 12 si es una caja de 12."
        />
        <TextField
          label="Cómo se le dice"
          value={nombre}
          onValue={setNombre}
          hint="Caja, paquete… Puede quedar vacío."
        />
      </div>
    </Sheet>
  );
}
