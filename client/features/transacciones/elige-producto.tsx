import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { buscarCodigo, buscarTexto, type FilaProducto, useEstadoEnvio } from '#client/offline/index.ts';
import { TextField } from '#client/ui/text-field.tsx';

type Hallazgo = { producto: FilaProducto; factor: string; empaque: string | null };

export type EligeProductoProps = {
  label: string;
  /** The chosen one, or null. */
  producto: FilaProducto | null;
  onProducto: (producto: FilaProducto | null, hallazgo: { factor: string; empaque: string | null }) => void;
  error?: string;
  /** Takes the focus when it appears. */
  enfoca?: boolean;
};

const SIN_EMPAQUE = { factor: '1', empaque: null };
const ESPERA_MS = 120;
const MAXIMO = 20;

/** An exact code first (a wedge types it and sends Enter), else by words. Both from the phone's catalogue. */
async function busca(texto: string): Promise<{ exactos: Hallazgo[]; parecidos: Hallazgo[] }> {
  const [exactos, filas] = await Promise.all([buscarCodigo(texto), buscarTexto(texto, MAXIMO)]);
  const ya = new Set(exactos.map(({ producto }) => producto.id));
  const parecidos = filas
    .filter((fila) => !ya.has(fila.id))
    .map((producto) => ({ producto, ...SIN_EMPAQUE }));
  return { exactos, parecidos };
}

/** Combobox over the phone's catalogue; works without signal. */
export function EligeProducto({ label, producto, onProducto, error, enfoca }: EligeProductoProps) {
  const [texto, setTexto] = useState(producto?.codigo ?? '');
  const [hallados, setHallados] = useState<Hallazgo[]>();
  const [activo, setActivo] = useState(0);
  const turno = useRef(0);
  const { catalogo } = useEstadoEnvio();
  const id = useId();
  const abierto = producto === null && hallados !== undefined;

  // When the owner takes the choice away (saved, next one) its code goes too; what the person types meanwhile stays.
  const codigoElegido = producto?.codigo;
  const [previo, setPrevio] = useState(codigoElegido);
  if (codigoElegido !== previo) {
    setPrevio(codigoElegido);
    if (codigoElegido === undefined && texto === previo) setTexto('');
  }

  const elige = (hallazgo: Hallazgo) => {
    turno.current += 1;
    setTexto(hallazgo.producto.codigo);
    setHallados(undefined);
    onProducto(hallazgo.producto, hallazgo);
  };

  const pregunta = async (consulta: string, decide: boolean) => {
    turno.current += 1;
    const mio = turno.current;
    if (consulta.trim() === '') {
      setHallados(undefined);
      return;
    }
    const { exactos, parecidos } = await busca(consulta.trim());
    if (mio !== turno.current) return;
    if (decide && exactos.length === 1) {
      elige(exactos[0]!);
      return;
    }
    setActivo(0);
    setHallados([...exactos, ...parecidos]);
  };

  const caja = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (enfoca) caja.current?.querySelector('input')?.focus();
  }, [enfoca]);

  const espera = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(espera.current), []);
  const escribe = (valor: string) => {
    setTexto(valor);
    if (producto !== null) onProducto(null, SIN_EMPAQUE);
    clearTimeout(espera.current);
    espera.current = setTimeout(() => void pregunta(valor, false), ESPERA_MS);
  };

  const tecla = (event: KeyboardEvent) => {
    const ultimo = (hallados?.length ?? 0) - 1;
    if (event.key === 'Enter') {
      if (producto !== null) return;
      event.preventDefault();
      clearTimeout(espera.current);
      const senalado = abierto ? hallados[activo] : undefined;
      if (senalado && activo > 0) elige(senalado);
      else void pregunta(texto, true);
    } else if (abierto && event.key === 'ArrowDown') {
      event.preventDefault();
      setActivo(Math.min(ultimo, activo + 1));
    } else if (abierto && event.key === 'ArrowUp') {
      event.preventDefault();
      setActivo(Math.max(0, activo - 1));
    } else if (abierto && event.key === 'Escape') {
      event.preventDefault();
      setHallados(undefined);
    }
  };

  /** Leaving the field with one exact code in it is a choice too. */
  const sale = () => {
    if (producto !== null || texto.trim() === '') return;
    clearTimeout(espera.current);
    void pregunta(texto, true);
  };

  return (
    <div ref={caja} className="flex flex-col gap-2">
      <TextField
        label={label}
        value={texto}
        onValue={escribe}
        onKeyDown={tecla}
        onBlur={sale}
        error={error}
        hint={producto === null ? 'Escribe el nombre o lee el código.' : producto.nombre}
        leading={<Search aria-hidden />}
        role="combobox"
        aria-expanded={abierto}
        aria-controls={`${id}-lista`}
        aria-autocomplete="list"
        aria-activedescendant={abierto && hallados.length > 0 ? `${id}-${activo}` : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
      />
      <div
        id={`${id}-lista`}
        role="listbox"
        aria-label="Resultados"
        tabIndex={-1}
        className={abierto && hallados.length > 0 ? 'list max-h-80 overflow-y-auto' : undefined}
      >
        {abierto &&
          hallados.map(({ producto: fila, factor, empaque }, lugar) => (
            <div
              key={fila.id}
              id={`${id}-${lugar}`}
              role="option"
              tabIndex={-1}
              aria-selected={lugar === activo}
              className={`row cursor-pointer ${lugar === activo ? 'bg-sunken' : ''}`}
              // Before the blur of the field, which would search again.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => elige({ producto: fila, factor, empaque })}
              onKeyDown={(event) => event.key === 'Enter' && elige({ producto: fila, factor, empaque })}
            >
              <span className="row-main">
                <span className="row-text">
                  <span className="row-title">{fila.nombre}</span>
                  <span className="row-detail">
                    {fila.codigo}
                    {empaque && ` · ${empaque}`}
                  </span>
                </span>
              </span>
            </div>
          ))}
      </div>
      <p role="status" className={abierto && hallados.length === 0 ? 'field-hint' : 'sr-only'}>
        {abierto &&
          (hallados.length === 0
            ? catalogo.completo
              ? 'Nada con ese nombre o código en este teléfono.'
              : 'Nada todavía: el catálogo se está bajando. Espera un momento y busca otra vez.'
            : `${hallados.length} productos`)}
      </p>
    </div>
  );
}
