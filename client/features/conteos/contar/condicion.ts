import type { CONDICIONES } from '#shared/contracts/mutadores.ts';

type Condicion = (typeof CONDICIONES)[number];

/** What each condition is called and what it means to who counts; the first is the ordinary one. */
export const CONDICION: Record<Condicion, { nombre: string; significa: string }> = {
  vendible: { nombre: 'Vendible', significa: 'Está bien y se puede vender.' },
  por_entregar: { nombre: 'Por entregar', significa: 'Ya se vendió, pero sigue aquí.' },
  danado: { nombre: 'Dañado', significa: 'Roto, golpeado o incompleto: no se vende así.' },
  garantia: { nombre: 'Garantía', significa: 'Espera respuesta del proveedor o del taller.' },
  ajeno: { nombre: 'Ajeno', significa: 'En consignación o del cliente: no es nuestro.' },
};
