import { Link } from '@tanstack/react-router';
import type { Destino } from './destinos.ts';

/** The name of a row in a picture's table, which opens the rows behind it. */
export function EnlaceFila({ a, texto }: { a: Destino; texto: string }) {
  return (
    <Link to={a.to as never} search={a.search as never}>
      {texto}
    </Link>
  );
}
