import { useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import {
  type FilaProducto,
  useAlmacenes,
  useCategorias,
  useCodigos,
  useIdentidad,
  useUbicaciones,
  useUbicacionesDeProducto,
} from '#client/offline/index.ts';
import { proponerParche } from '#client/offline/parches.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { aplana, arbolDe, rutaDe } from '#shared/domain/catalogo/arbol.ts';
import { mismoValor, validaCampo } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO, CAMPOS_SIN_SENAL } from '#shared/domain/catalogo/campos-producto.ts';
import { limpiaCodigo, validaManual } from '#shared/domain/codigos.ts';

export type HojaParcheProps = {
  /** As this phone shows it: with its own pending changes. */
  producto: FilaProducto;
  onClose: () => void;
  onGuardado: () => void;
};

/**
 * Name, price, unit, category, a code and a bin of a product, also without signal. It goes with what was seen here: if
 * somebody else changed the same field meanwhile, both values are shown to a manager.
 */
export function HojaParche({ producto, onClose, onGuardado }: HojaParcheProps) {
  const rol = useIdentidad()?.rol;
  const categorias = (useCategorias() ?? []).filter((c) => c.isActive);
  const codigos = useCodigos(producto.id) ?? [];
  const lugares = useUbicacionesDeProducto(producto.id) ?? [];
  const almacenes = useAlmacenes() ?? [];
  const [valores, setValores] = useState({
    nombre: producto.nombre,
    precio: producto.precio,
    unidad: producto.unidad,
    categoriaId: producto.categoriaId ?? '',
  });
  const [codigo, setCodigo] = useState('');
  const [factor, setFactor] = useState('1');
  const [quitados, setQuitados] = useState<readonly string[]>([]);
  const [almacenId, setAlmacenId] = useState('');
  const [ubicacionId, setUbicacionId] = useState('');
  const [errores, setErrores] = useState<Record<string, string>>({});
  const [falla, setFalla] = useState<string | null>(null);
  const almacen = almacenId || almacenes[0]?.id || '';
  const ubicaciones = useUbicaciones(almacen || null) ?? [];
  const pon = (campo: keyof typeof valores) => (valor: string) =>
    setValores((v) => ({ ...v, [campo]: valor }));

  const guarda = async () => {
    const mal: Record<string, string> = {};
    const campos: Record<string, { base: string | null; valor: string | null }> = {};
    for (const campo of CAMPOS_SIN_SENAL) {
      const definido = CAMPO_PRODUCTO.get(campo)!;
      const base = producto[campo];
      const validado = validaCampo(definido, valores[campo] === '' ? null : valores[campo]);
      if (!validado.ok) mal[campo] = `${validado.frase}.`;
      else if (!mismoValor(definido, base, validado.valor))
        campos[campo] = { base, valor: validado.valor === null ? null : String(validado.valor) };
    }
    const limpio = limpiaCodigo(codigo);
    if (limpio !== '' && validaManual(limpio) === 'muy_largo') mal.codigo = 'Ese código es demasiado largo.';
    if (limpio !== '' && !/^\d{1,6}(\.\d{1,3})?$/.test(factor.trim() || '1'))
      mal.factor = 'Escribe cuántas unidades trae, como 12.';
    setErrores(mal);
    if (Object.keys(mal).length > 0) return;
    const cambiosDeCodigos = [
      ...quitados.map((c) => ({ id: newId(), op: 'quita' as const, codigo: c, factor: '1', nombre: null })),
      ...(limpio === ''
        ? []
        : [
            {
              id: newId(),
              op: 'agrega' as const,
              codigo: limpio,
              factor: factor.trim() || '1',
              nombre: null,
            },
          ]),
    ];
    const enUbicaciones = ubicacionId === '' ? [] : [{ op: 'agrega' as const, ubicacionId }];
    if (Object.keys(campos).length + cambiosDeCodigos.length + enUbicaciones.length === 0) return onClose();
    try {
      await proponerParche({
        productoId: producto.id,
        campos,
        codigos: cambiosDeCodigos,
        ubicaciones: enUbicaciones,
      });
      onGuardado();
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };

  return (
    <Sheet
      open
      onClose={onClose}
      title="Cambiar producto"
      actions={
        <Button variant="primary" block tall detail="También sin señal" onClick={() => void guarda()}>
          Guardar
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {falla !== null && (
          <Banner tone="bad" title="No se guardó" role="alert">
            {falla}
          </Banner>
        )}
        <TextField label="Nombre" value={valores.nombre} onValue={pon('nombre')} error={errores.nombre} />
        <TextField
          label="Precio"
          leading="$"
          inputMode="decimal"
          value={valores.precio}
          onValue={pon('precio')}
          error={errores.precio}
        />
        <TextField label="Unidad" value={valores.unidad} onValue={pon('unidad')} error={errores.unidad} />
        <Select
          label="Categoría"
          value={valores.categoriaId}
          onValue={pon('categoriaId')}
          placeholder="Sin categoría"
          options={aplana(arbolDe(categorias)).map(({ rama }) => ({
            value: rama.id,
            label: rutaDe(categorias, rama.id),
          }))}
        />
        <TextField
          label="Agregar código"
          value={codigo}
          onValue={setCodigo}
          autoComplete="off"
          error={errores.codigo}
          hint={
            validaManual(codigo) === 'digito_verificador_malo'
              ? 'El último dígito no cuadra; revísalo. Si de verdad es así, guárdalo tal cual.'
              : undefined
          }
        />
        {codigo.trim() !== '' && (
          <TextField
            label="Cuántas unidades trae"
            inputMode="decimal"
            value={factor}
            onValue={setFactor}
            error={errores.factor}
          />
        )}
        {codigos.length > 0 && (
          <ul className="list" aria-label="Códigos del producto">
            {codigos.map((c) => (
              <li key={c.id} className="row">
                <span className="row-main">{quitados.includes(c.codigo) ? <s>{c.codigo}</s> : c.codigo}</span>
                <span className="row-actions">
                  <Button
                    aria-label={`${quitados.includes(c.codigo) ? 'Dejar' : 'Quitar'} ${c.codigo}`}
                    onClick={() =>
                      setQuitados(
                        quitados.includes(c.codigo)
                          ? quitados.filter((x) => x !== c.codigo)
                          : [...quitados, c.codigo],
                      )
                    }
                  >
                    {quitados.includes(c.codigo) ? 'Dejar' : 'Quitar'}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
        {(rol === 'admin' || rol === 'gerente') && (
          <>
            {almacenes.length > 1 && (
              <Select
                label="Almacén"
                value={almacen}
                onValue={(v) => {
                  setAlmacenId(v);
                  setUbicacionId('');
                }}
                options={almacenes.map((a) => ({ value: a.id, label: a.nombre }))}
              />
            )}
            <Select
              label="Agregar ubicación"
              value={ubicacionId}
              onValue={setUbicacionId}
              placeholder="Ninguna"
              options={ubicaciones
                .filter((u) => !lugares.some((l) => l.id === u.id))
                .map((u) => ({ value: u.id, label: u.codigo }))}
            />
          </>
        )}
      </div>
    </Sheet>
  );
}
