import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export interface OperacionDocumentada {
  readonly operationId: string;
  readonly metodo: string;
  /** `/api/inventario/{id}` */
  readonly camino: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters: readonly Parametro[];
  readonly cuerpo: {
    readonly tipos: readonly string[];
    readonly schema: Esquema | undefined;
    readonly example: unknown;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema?: Esquema }>> }>
  >;
}

export type Esquema = Readonly<Record<string, unknown>>;

export interface Parametro {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Esquema;
  readonly example?: unknown;
}

export interface Documento {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Cruda extends Omit<OperacionDocumentada, 'metodo' | 'camino' | 'cuerpo' | 'parameters'> {
  readonly parameters?: readonly Parametro[];
  readonly requestBody?: { content: Record<string, { schema?: Esquema; example?: unknown }> };
}

/** The operations of a document, one by one. */
export function operacionesDe(documento: Documento): OperacionDocumentada[] {
  return Object.entries(documento.paths).flatMap(([camino, metodos]) =>
    Object.entries(metodos as Record<string, Cruda>).map(([metodo, o]) => {
      const { content = {} } = o.requestBody ?? {};
      return {
        operationId: o.operationId,
        metodo: metodo.toUpperCase(),
        camino,
        security: o.security,
        parameters: o.parameters ?? [],
        cuerpo: {
          tipos: Object.keys(content),
          schema: content['application/json']?.schema,
          example: content['application/json']?.example,
        },
        responses: o.responses,
      };
    }),
  );
}

/** Says of an answer what its document does not allow; an empty list is well. */
export function validadorDe(documento: Documento) {
  // why: the document around the schemas has keywords of OpenAPI, which strict mode would refuse
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (a: Ajv2020) => void)(ajv);
  ajv.addSchema(documento, 'doc');
  const puntero = (texto: string) => encodeURIComponent(texto.replaceAll('~', '~0').replaceAll('/', '~1'));
  const conocidas = new Map<string, ValidateFunction>();

  function esquema(camino: readonly string[]): ValidateFunction {
    const ref = `doc#/${camino.map(puntero).join('/')}`;
    const listo = conocidas.get(ref) ?? ajv.getSchema(ref);
    if (listo === undefined) throw new Error(`no schema at ${ref}`);
    conocidas.set(ref, listo);
    return listo;
  }

  function contra(valida: ValidateFunction, valor: unknown): string[] {
    return valida(valor)
      ? []
      : (valida.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  return {
    /** The body of a request against its own schema. */
    cuerpo: (o: OperacionDocumentada, valor: unknown) =>
      contra(
        esquema([
          'paths',
          o.camino,
          o.metodo.toLowerCase(),
          'requestBody',
          'content',
          'application/json',
          'schema',
        ]),
        valor,
      ),
    async respuesta(o: OperacionDocumentada, respuesta: Response): Promise<string[]> {
      const documentada = o.responses[String(respuesta.status)];
      const tipo = respuesta.headers.get('content-type')?.split(';')[0] ?? '';
      const bytes = Buffer.from(await respuesta.arrayBuffer());
      if (documentada === undefined)
        return [`status ${respuesta.status} is not documented: ${bytes.toString('utf8').slice(0, 200)}`];
      const { content } = documentada;
      if (content === undefined) return bytes.length === 0 ? [] : ['a body where none is documented'];
      if (!Object.hasOwn(content, tipo)) return [`type ${tipo} of ${respuesta.status} is not documented`];
      if (respuesta.status >= 400 && respuesta.status !== 503 && tipo !== 'application/problem+json') {
        return [`a refusal that is ${tipo}`];
      }
      if (content[tipo]?.schema === undefined) return [];
      const donde = [
        'paths',
        o.camino,
        o.metodo.toLowerCase(),
        'responses',
        String(respuesta.status),
        'content',
        tipo,
        'schema',
      ];
      const valor: unknown = JSON.parse(bytes.toString('utf8'));
      const faltas = contra(esquema(donde), valor);
      if (respuesta.status >= 400) {
        const { status, title } = valor as { status: number; title: string };
        if (status !== respuesta.status) faltas.push(`says ${status} and is ${respuesta.status}`);
        if (!/^[A-ZÁÉÍÓÚ¿¡«][^{}]+\.$/.test(title)) faltas.push(`no sentence: ${title}`);
      }
      return faltas;
    },
  };
}
