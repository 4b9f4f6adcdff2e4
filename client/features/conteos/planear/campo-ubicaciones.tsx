import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { type FilaUbicacion, useUbicaciones } from '#client/offline/index.ts';
import { CheckboxGroup } from '#client/ui/checkbox-group.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { nombreZona } from './plan.ts';

export type CampoUbicacionesProps = {
  almacenId: string;
  zonas: readonly string[];
  ubicacionIds: readonly string[];
  onCambia: (cambios: { zonas?: readonly string[]; ubicacionIds?: readonly string[] }) => void;
  error?: string;
};

/** Chips drawn of a search: a whole almacén has thousands of bins. */
const MAXIMO = 24;

function cuentaZonas(ubicaciones: readonly FilaUbicacion[]): Map<string, number> {
  const cuantas = new Map<string, number>();
  for (const { zona } of ubicaciones) if (zona !== '') cuantas.set(zona, (cuantas.get(zona) ?? 0) + 1);
  return cuantas;
}

/** Whole zones first, then single bins by search. */
export function CampoUbicaciones({ almacenId, zonas, ubicacionIds, onCambia, error }: CampoUbicacionesProps) {
  const ubicaciones = useUbicaciones(almacenId || null);
  const [texto, setTexto] = useState('');
  if (almacenId === '') {
    return (
      <fieldset className="field">
        <legend className="field-label">Ubicaciones</legend>
        <p className="field-hint">Elige antes el almacén.</p>
      </fieldset>
    );
  }
  const porZona = cuentaZonas(ubicaciones ?? []);
  const elegidas = new Set(ubicacionIds);
  const busca = texto.trim().toUpperCase();
  const sueltas = (ubicaciones ?? [])
    .filter(({ id, codigo }) => elegidas.has(id) || (busca !== '' && codigo.toUpperCase().includes(busca)))
    .slice(0, MAXIMO + elegidas.size);
  return (
    <fieldset className="field gap-3" aria-describedby={error ? 'ubicaciones-error' : undefined}>
      <legend className="field-label">Ubicaciones</legend>
      {ubicaciones === undefined ? (
        <Skeleton lines={2} />
      ) : ubicaciones.length === 0 ? (
        <p className="field-hint">Este almacén no tiene ubicaciones. Elige otro alcance.</p>
      ) : (
        <>
          {porZona.size > 0 && (
            <CheckboxGroup
              label="Zonas"
              hideLabel
              options={[...porZona].map(([zona, cuantas]) => ({
                value: zona,
                label: `${nombreZona(zona)} (${cuantas})`,
              }))}
              value={zonas}
              onValue={(valor) => onCambia({ zonas: valor })}
            />
          )}
          <TextField
            type="search"
            label="Buscar ubicación"
            value={texto}
            onValue={setTexto}
            leading={<Search aria-hidden />}
            hint="Para agregar ubicaciones sueltas: escribe su código, como A-03."
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
          {sueltas.length > 0 && (
            <CheckboxGroup
              label="Sueltas"
              hideLabel
              options={sueltas.map(({ id, codigo }) => ({ value: id, label: codigo }))}
              value={ubicacionIds}
              onValue={(valor) => onCambia({ ubicacionIds: valor })}
            />
          )}
          {busca !== '' && sueltas.length === elegidas.size && (
            <p className="field-hint">Ninguna otra con «{texto.trim()}».</p>
          )}
        </>
      )}
      {error && (
        <p id="ubicaciones-error" className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
