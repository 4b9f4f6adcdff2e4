import { expect } from 'vitest';
import type { TestUser } from './people.ts';
import type { TestServer } from './server.ts';

export interface Respuesta<T> {
  readonly status: number;
  readonly body: T;
}

/** What must be refused: status, our code and the sentence, after checking that it is problem+json in Spanish. */
export interface Negada {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** REST calls of a test's server as a person, or without a session. */
export function restOf(server: TestServer) {
  const send = (path: string, body: unknown, user?: TestUser) =>
    body === undefined
      ? server.fetch(path, {}, user)
      : server.fetch(
          path,
          { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
          user,
        );

  /** Rejects when the answer is an error. */
  async function ok<T>(path: string, user: TestUser | undefined, body?: unknown): Promise<Respuesta<T>> {
    const answer = await send(path, body, user);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return { status: answer.status, body: (await answer.json()) as T };
  }

  async function refused(path: string, user: TestUser | undefined, body?: unknown): Promise<Negada> {
    const answer = await send(path, body, user);
    expect([path, answer.headers.get('content-type')]).toEqual([
      path,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: answer.status, type: 'about:blank' });
    // A sentence for the person: capital first, a full stop, nothing left to fill in.
    expect(problem.title).toMatch(/^[A-ZÁÉÍÓÚ¿¡][^{}]+\.$/);
    return { status: answer.status, code: String(problem.code), title: String(problem.title) };
  }

  return { ok, refused };
}
