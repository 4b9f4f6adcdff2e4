import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Section } from '#client/ui/section.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { aplana, arbolDe, estorbo, rutaDe } from '#shared/domain/catalogo/arbol.ts';
import { plural } from '#shared/formato.ts';
import type { Categoria } from './categorias-screen.tsx';

export type HojaCategoriaProps = {
  categoria: Categoria | null;
  todas: readonly Categoria[];
  onClose: () => void;
};

/** A category: its name, under which one it goes, and joining it with another. Only places that are possible are offered. */
export function HojaCategoria({ categoria, todas, onClose }: HojaCategoriaProps) {
  const [idNueva] = useState(newId);
  const id = categoria?.id ?? idNueva;
  const [nombre, setNombre] = useState(categoria?.nombre ?? '');
  const [padre, setPadre] = useState(categoria?.parentId ?? '');
  const [otra, setOtra] = useState('');
  const hace = useOrden(
    async (que: 'guarda' | 'une' | 'activa') => {
      if (que === 'une') return api.categorias.une.mutate({ de: id, a: otra });
      if (que === 'activa')
        return api.categorias.cambiaActiva.mutate({ id, activa: !(categoria?.isActive ?? false) });
      const a = padre === '' ? null : padre;
      await api.categorias.guarda.mutate({
        id,
        nuevo: categoria === null,
        nombre,
        descripcion: categoria?.descripcion ?? null,
        parentId: a,
      });
      if (categoria !== null && categoria.parentId !== a) await api.categorias.mueve.mutate({ id, a });
      return null;
    },
    ['categorias'],
  );
  const manda = (que: 'guarda' | 'une' | 'activa') => hace.mutate(que, { onSuccess: onClose });
  const vigentes = todas.filter((c) => c.isActive);
  const yo = categoria ?? { id, nombre, parentId: null };
  const ramas = categoria === null ? [...vigentes, yo] : todas;
  const opciones = (puede: (c: { id: string }) => boolean) =>
    aplana(arbolDe(vigentes))
      .filter(({ rama }) => rama.id !== id && puede(rama))
      .map(({ rama }) => ({ value: rama.id, label: rutaDe(vigentes, rama.id) }));
  const lugares = opciones((c) => estorbo(ramas, id, c.id) === null);
  return (
    <Sheet
      open
      onClose={onClose}
      title={categoria?.nombre ?? 'Nueva categoría'}
      actions={
        <Button
          variant="primary"
          block
          tall
          busy={hace.isPending}
          disabled={nombre.trim() === ''}
          onClick={() => manda('guarda')}
        >
          {categoria === null ? 'Crear categoría' : 'Guardar'}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {hace.error !== null && (
          <Banner tone="bad" title="No se cambió" role="alert">
            {errorDe(hace.error).mensaje}
          </Banner>
        )}
        <TextField label="Nombre" value={nombre} onValue={setNombre} autoComplete="off" maxLength={80} />
        <Select
          label="Va dentro de"
          value={padre}
          onValue={setPadre}
          options={lugares}
          placeholder="Ninguna: hasta arriba"
          hint={categoria === null ? undefined : 'Se mueve con todo lo que tiene dentro.'}
        />
        {categoria !== null && (
          <>
            <Section title="Unir con otra" headingLevel={3}>
              <p className="text-ink-soft">
                {categoria.productos > 0
                  ? `${plural(categoria.productos, 'producto pasa', 'productos pasan')} a la otra, con sus subcategorías.`
                  : 'Sus subcategorías pasan a la otra.'}
              </p>
              <Select
                label="Unir con"
                value={otra}
                onValue={setOtra}
                options={opciones((c) => estorbo(ramas, id, c.id) !== 'circulo')}
                placeholder="Elige la que queda"
              />
              <Button block disabled={otra === ''} busy={hace.isPending} onClick={() => manda('une')}>
                Unir
              </Button>
            </Section>
            <Button
              block
              variant={categoria.isActive ? 'danger' : 'secondary'}
              onClick={() => manda('activa')}
            >
              {categoria.isActive ? 'Dar de baja' : 'Reactivar'}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  );
}
