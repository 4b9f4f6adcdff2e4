/** A personal token that was verified and may do what this request asks; kept beside the request, never in it. */
export interface TokenAdmitido {
  readonly tokenId: string;
  readonly usuarioId: string;
  readonly expiraEn: Date | null;
}

const admitidos = new WeakMap<object, TokenAdmitido>();

/** Only server/api/puerta.ts says this, of routes that are declared with a scope. */
export function admiteToken(request: object, token: TokenAdmitido): void {
  admitidos.set(request, token);
}

export function tokenAdmitido(request: object): TokenAdmitido | undefined {
  return admitidos.get(request);
}
