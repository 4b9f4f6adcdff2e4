import type { Json, ObjetoJson } from '#server/api/documento.ts';
import { esquemaDe, rechazosDe } from '#server/api/documento.ts';
import { esArchivo, GRUPOS, type Grupo, type Operacion } from '#server/api/operacion.ts';
import { ALCANCES } from '#shared/contracts/api.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const e = (texto: string): string => texto.replace(/[&<>"]/g, (c) => ESCAPES[c]!);
/** `code` between backticks; everything else is text. */
const prosa = (texto: string): string => e(texto).replace(/`([^`]+)`/g, '<code>$1</code>');

/** What a value may be, in a few words. */
function forma(json: Json | undefined): string {
  if (json === null || json === undefined || typeof json !== 'object' || Array.isArray(json))
    return 'lo que sea';
  const {
    type,
    enum: valores,
    const: uno,
    anyOf,
    items,
    format,
    pattern,
    minimum,
    maximum,
    maxLength,
    $ref,
  } = json as ObjetoJson;
  if (Array.isArray(valores)) return valores.map((v) => JSON.stringify(v)).join(' | ');
  if (uno !== undefined) return JSON.stringify(uno);
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((una) => forma(una)))].join(' | ');
  if ($ref !== undefined) return 'lo mismo, otra vez';
  if (type === 'array') return `lista de ${forma(items)}`;
  if (type === 'object') return 'objeto';
  if (type === 'string') {
    if (format === 'date') return 'fecha (AAAA-MM-DD)';
    if (format === 'date-time') return 'instante ISO 8601';
    if (typeof pattern === 'string' && pattern.includes('[0-9a-f]{8}-')) return 'UUID';
    if (typeof pattern === 'string' && pattern.includes('\\d{1,')) return 'decimal como texto';
    return maxLength === undefined ? 'texto' : `texto (${String(maxLength)} a lo más)`;
  }
  const entre =
    typeof maximum === 'number' && maximum < 1e9 ? ` (${String(minimum ?? '…')} a ${maximum})` : '';
  return `${({ integer: 'entero', number: 'número', boolean: 'sí o no', null: 'null' } as Record<string, string>)[String(type)] ?? 'lo que sea'}${entre}`;
}

function campos(esquema: ObjetoJson): string {
  const opciones = (esquema.anyOf as readonly ObjetoJson[] | undefined) ?? [esquema];
  const filas = opciones.flatMap((una) => {
    const objeto = una.type === 'array' ? (una.items as ObjetoJson) : una;
    const { properties = {}, required = [] } = objeto as {
      properties?: Record<string, Json>;
      required?: readonly string[];
    };
    return Object.entries(properties).map(
      ([nombre, valor]) =>
        `<tr><td><code>${e(nombre)}</code></td><td>${required.includes(nombre) ? 'siempre' : 'optativo'}</td><td>${e(forma(valor))}</td></tr>`,
    );
  });
  const unicas = [...new Set(filas)];
  if (unicas.length === 0) return '';
  return `<div class="tabla"><table><thead><tr><th>Campo</th><th></th><th>Qué es</th></tr></thead><tbody>${unicas.join('')}</tbody></table></div>`;
}

/** A line that works in a terminal, with the values of the example. */
export function curlDe(o: Operacion, origen: string): string {
  const camino = o.ruta.replace(
    /:([A-Za-z]\w*)/g,
    (_, nombre: string) => o.ejemplo?.parametros?.[nombre] ?? `{${nombre}}`,
  );
  const consulta = new URLSearchParams(o.ejemplo?.consulta).toString();
  const url = `${origen}${camino}${consulta === '' ? '' : `?${consulta}`}`;
  const partes = [`curl -sS${o.metodo === 'GET' ? '' : ` -X ${o.metodo}`} '${url}'`];
  if (o.acceso !== 'publico') partes.push(`-H "authorization: Bearer $TOKEN"`);
  if (Object.values(o.respuestas).some(({ tipos }) => tipos?.includes('text/event-stream')))
    partes.push(`-N -H 'accept: text/event-stream'`);
  if (esArchivo(o.cuerpo))
    partes.push(`-H 'content-type: ${o.cuerpo.tipos[0] ?? ''}' --data-binary @archivo`);
  else if (o.ejemplo?.cuerpo !== undefined)
    partes.push(
      `-H 'content-type: application/json' -d '${JSON.stringify(o.ejemplo.cuerpo).replaceAll("'", "'\\''")}'`,
    );
  return partes.join(' \\\n  ');
}

function ficha(o: Operacion, origen: string): string {
  const { acceso } = o;
  const quien =
    acceso === 'publico'
      ? 'Sin token.'
      : acceso === 'equipo'
        ? 'El teléfono con su secreto, o la sesión de una persona.'
        : `${acceso.roles.length === 6 ? 'Cualquier puesto' : acceso.roles.join(', ')}. ${acceso.alcance === null ? 'Solo con la sesión de una persona.' : `Token con el alcance <code>${acceso.alcance}</code>.`}`;
  const entrada = [
    ...(o.parametros === undefined ? [] : [campos(esquemaDe(o.parametros, 'input'))]),
    ...(o.consulta === undefined
      ? []
      : [`<p>En la dirección, después de <code>?</code>:</p>${campos(esquemaDe(o.consulta, 'input'))}`]),
    ...(o.cuerpo === undefined
      ? []
      : esArchivo(o.cuerpo)
        ? [
            `<p>Cuerpo: los bytes de un archivo ${o.cuerpo.tipos.map((t) => `<code>${e(t)}</code>`).join(', ')}.</p>`,
          ]
        : [`<p>Cuerpo, en JSON:</p>${campos(esquemaDe(o.cuerpo, 'input'))}`]),
  ].join('');
  const salidas = Object.entries(o.respuestas)
    .map(([status, { descripcion, esquema, tipos }]) => {
      const en = [...(esquema === undefined ? [] : ['application/json']), ...(tipos ?? [])].join(', ');
      return `<p><strong>${status}</strong> ${prosa(descripcion)} ${en === '' ? '' : `<span class="suave">${e(en)}</span>`}</p>${esquema === undefined ? '' : campos(esquemaDe(esquema, 'output'))}`;
    })
    .join('');
  const texto = [
    o.metodo,
    o.ruta,
    o.resumen,
    o.descripcion,
    o.grupo,
    typeof acceso === 'string' ? acceso : acceso.alcance,
  ]
    .filter(Boolean)
    .join(' ');
  return `<article id="${e(o.id)}" data-texto="${e(texto)}">
<h3><span class="metodo${o.metodo === 'GET' ? '' : ' escribe'}">${o.metodo}</span> <code>${e(o.ruta)}</code></h3>
<p>${prosa(o.resumen)}</p>${o.descripcion === undefined ? '' : `<p>${prosa(o.descripcion)}</p>`}
<p class="suave">${quien}</p>
<pre tabindex="0">${e(curlDe(o, origen))}</pre>
<details><summary>Qué recibe y qué contesta</summary>${entrada}${salidas}<p class="suave">Rechazos: ${rechazosDe(o).join(', ')}.</p></details>
</article>`;
}

/** The document as a page: everything is in it when it arrives, and nothing comes from elsewhere. */
export function paginaDe(operaciones: readonly Operacion[], origen: string): string {
  const porGrupo = (Object.keys(GRUPOS) as Grupo[]).flatMap((grupo) => {
    const suyas = operaciones.filter((o) => o.grupo === grupo);
    return suyas.length === 0 ? [] : [{ grupo, suyas }];
  });
  const indice = porGrupo
    .map(
      ({ grupo, suyas }) =>
        `<div data-de="${grupo}"><h2>${grupo}</h2><ul>${suyas.map((o) => `<li><a href="#${e(o.id)}">${o.metodo} ${e(o.ruta.replace('/api', ''))}</a></li>`).join('')}</ul></div>`,
    )
    .join('');
  const alcances = Object.entries(ALCANCES)
    .map(
      ([clave, { detalle, roles }]) =>
        `<tr><td class="entero"><code>${clave}</code></td><td>${e(detalle)}</td><td>${roles.join(', ')}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="es-MX"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API de DevCompras</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/api/docs/estilo.css"><script type="module" src="/api/docs/busca.js"></script></head>
<body><header><form role="search"><strong>API de DevCompras</strong>
<label><span class="solo-lector">Buscar en la API</span><input id="busca" type="search" placeholder="Buscar: existencias, token, webhook…" autocomplete="off"></label></form></header>
<main><nav aria-label="Direcciones">${indice}</nav><div>
<div id="intro"><h1>Para conectar la caja, el ERP y tus programas</h1>
<p>Las cantidades y el dinero viajan como texto decimal, los instantes como ISO 8601 con zona. Un rechazo llega como <code>application/problem+json</code>: la frase en <code>title</code> y un código estable en <code>code</code>. El documento para programas está en <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
<p>Crea un token en <strong>Más › API y tokens</strong> y ponlo en la terminal:</p>
<pre tabindex="0">export TOKEN=dc_…</pre>
<div class="tabla"><table><thead><tr><th>Alcance</th><th>Para qué</th><th>Puestos que pueden darlo</th></tr></thead><tbody>${alcances}</tbody></table></div></div>
<p id="nada" role="status" class="suave"></p>
${porGrupo.map(({ grupo, suyas }) => `<section data-grupo="${grupo}"><h2 class="grupo">${grupo}</h2><p class="suave">${e(GRUPOS[grupo])}</p>${suyas.map((o) => ficha(o, origen)).join('\n')}</section>`).join('\n')}
</div></main></body></html>`;
}
