-- Schemas, roles, extensions and, where Supabase's own `auth` is absent, the small part of it that we use.
-- Runs as the owner of the database: no superuser, no event triggers.

create schema if not exists inventario;
create schema if not exists sync;
create schema if not exists genai;
create schema if not exists extensions;

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- Roles belong to the cluster, not to the database: another database's migration may be making them right now.
do $$
declare
  r text;
begin
  perform pg_advisory_xact_lock(hashtext('devcompras:roles'));
  foreach r in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin noinherit', r);
    end if;
    -- SET ROLE needs membership; a superuser has it already, and the owner of a Supabase project too. From 16 on
    -- whoever makes a role is its member with ADMIN but without SET, which is what has to be asked for there.
    if not pg_has_role(current_user, r, case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
      execute format('grant %I to %I', r, current_user);
    end if;
  end loop;
end $$;

do $$
begin
  if to_regclass('auth.users') is not null then
    return; -- Supabase (or an earlier run) has it
  end if;

  create schema if not exists auth;

  create table auth.users (
    id uuid primary key,
    email text unique,
    encrypted_password text,
    raw_user_meta_data jsonb not null default '{}',
    banned_until timestamptz,
    last_sign_in_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  comment on table auth.users is 'Cuentas de acceso. Sustituye a la tabla de Supabase cuando no la hay.';

  create table auth.sessions (
    id uuid primary key,
    user_id uuid not null references auth.users(id) on delete cascade,
    user_agent text,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    refreshed_at timestamptz not null default now()
  );
  create index sessions_user on auth.sessions(user_id);
  comment on table auth.sessions is 'Una sesión abierta por equipo; cerrar sesión la revoca.';

  create table auth.refresh_tokens (
    token_hash text primary key,
    session_id uuid not null references auth.sessions(id) on delete cascade,
    parent_hash text,
    used_at timestamptz,
    replaced_by text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index refresh_tokens_session on auth.refresh_tokens(session_id);
  comment on table auth.refresh_tokens is 'Huellas de los tokens de renovación; cada uso gira el token.';

  create function auth.uid() returns uuid language sql stable
  as $f$ select nullif(coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', ''), '')::uuid $f$;
  create function auth.jwt() returns jsonb language sql stable
  as $f$ select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb) $f$;

  revoke all on all tables in schema auth from public;
  grant usage on schema auth to authenticated, service_role, anon;
  grant execute on function auth.uid(), auth.jwt() to authenticated, service_role, anon;
end $$;
