import { useEffect, useRef } from 'react';
import { now } from '#client/offline/clock.ts';
import { GS } from '#shared/domain/codigos.ts';
import { readPace } from './device-pace.ts';
import { plainCode } from './gs.ts';
import { acceptManual, type ManualRejection } from './manual.ts';
import type { ScanEvent, ScanListener } from './scan-event.ts';
import { WEDGE_TUNING, WedgeDetector } from './wedge.ts';

export interface UseWedgeOptions {
  /** False while something else owns the keyboard, as a log-in dialog does. Default true. */
  enabled?: boolean;
  /**
   * A code typed in the `Código` field was not accepted, as when its check digit fails. The field keeps its text;
   * offer `acceptManual(codigo, en, { force: true })` where `rejection.forzable`.
   */
  onReject?: (rejection: ManualRejection) => void;
  /** For the scanner test: what the scan that follows at once took, ms, from its first key to its acceptance. */
  onPace?: (ms: number) => void;
  /** For the scanner test: the bounce to ignore, ms. Default: what this device saved. */
  bounceMs?: number;
}

/** Characters in `Código` this long before a burst are its beginning; older ones are somebody's typing. */
const HEAD_PAUSE_MS = 600;

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Listens to the whole window for wedge scanners, whatever has the focus.
 *
 * - A burst anywhere becomes a `pistola` event. Its characters are taken out of the field they fell into: the
 *   field gets back the value it had before the burst, and the burst's Enter or Tab presses nothing.
 * - In the field marked `data-escaner="codigo"`, Enter accepts whatever the field holds, of any length, and
 *   empties it: `manual` when typed. This is the way of scanners slower than the burst rule and of codes
 *   shorter than 6.
 * - Ordinary typing elsewhere is never touched.
 */
export function useWedge(onScan: ScanListener, options: UseWedgeOptions = {}): void {
  const { enabled = true, bounceMs, onReject, onPace } = options;
  const latest = useRef({ onScan, onReject, onPace });
  useEffect(() => {
    latest.current = { onScan, onReject, onPace };
  });

  useEffect(() => {
    if (!enabled) return;
    const handlers = {
      onScan: (event: ScanEvent) => latest.current.onScan(event),
      onReject: (rejection: ManualRejection) => latest.current.onReject?.(rejection),
      onPace: (ms: number) => latest.current.onPace?.(ms),
    };
    return listenForWedge(window, handlers, bounceMs ?? readPace().reboteMs);
  }, [enabled, bounceMs]);
}

interface WedgeHandlers {
  onScan: ScanListener;
  onReject: (rejection: ManualRejection) => void;
  onPace?: (ms: number) => void;
}

/** The hook without React: attaches to `target` and returns the function that detaches. */
export function listenForWedge(
  target: Window,
  handlers: WedgeHandlers,
  bounceMs = WEDGE_TUNING.bounceMs,
): () => void {
  const detector = new WedgeDetector({ bounceMs });
  /** When the pending run began. */
  let runAt = 0;
  let timer: number | undefined;
  /** The field the pending run falls into, what it held before the run, and how long before it that was typed, ms. */
  let hit: { field: Field; value: string; pause: number } | null = null;
  let lastCharAt = Number.NEGATIVE_INFINITY;
  /** When the last character reached this page: keys may be delivered late, and silence is counted from here. */
  let arrivedAt = 0;
  /** The last keydown named no character (an on-screen keyboard or an IME): its text comes by `beforeinput`. */
  let unnamedKey = false;

  const emit = (text: string, fuente: 'pistola' | 'manual') => {
    if (fuente === 'pistola') handlers.onPace?.(Math.max(0, performance.now() - runAt));
    handlers.onScan({ ...plainCode(text), fuente, en: now().getTime() });
  };

  /**
   * In `Código` the first characters of a scan may have come slowly (a gun that wakes up, a phone that stalls): what the
   * field got just before belongs to the code.
   */
  const whole = (code: string) =>
    hit !== null && isCodeField(hit.field) && hit.pause <= HEAD_PAUSE_MS ? hit.value.trim() + code : code;

  const giveBack = () => {
    if (hit) setFieldValue(hit.field, isCodeField(hit.field) ? '' : hit.value);
    hit = null;
  };

  const onSilence = () => {
    const burst = detector.isBurst;
    const rest = detector.idle(lastCharAt + performance.now() - arrivedAt);
    const code = rest === null ? null : whole(rest);
    if (burst && detector.isBurst) {
      timer = target.setTimeout(onSilence, WEDGE_TUNING.stallMs - WEDGE_TUNING.idleMs);
      return;
    }
    if (burst) giveBack();
    if (code !== null) emit(code, 'pistola');
  };

  /** Feeds one character; true when it belongs to a scan and must not reach the page. */
  const feed = (char: string, at: number, field: Field | null): boolean => {
    const step = detector.push(char, at, field === null || isCodeField(field));
    if (step.completed !== null) {
      const code = whole(step.completed);
      giveBack();
      emit(code, 'pistola');
    }
    if (step.first) {
      hit = field ? { field, value: field.value, pause: at - lastCharAt } : null;
      runAt = at;
    }
    lastCharAt = at;
    arrivedAt = performance.now();
    target.clearTimeout(timer);
    if (!step.burst) return false;
    if (hit) setFieldValue(hit.field, hit.value);
    timer = target.setTimeout(onSilence, WEDGE_TUNING.idleMs + 5);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    unnamedKey = event.key === 'Unidentified' || event.key === 'Process' || event.keyCode === 229;
    // A modifier alone edits nothing: guns press Control for the GS that follows.
    if (unnamedKey || ['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph'].includes(event.key)) return;
    const field = asField(event.target);
    if (event.key === 'Enter' || event.key === 'Tab') {
      onTerminator(event, field);
      return;
    }
    const char = charOf(event);
    if (char === null || event.repeat) {
      detector.reset();
      hit = null;
      return;
    }
    if (feed(char, event.timeStamp, field) || (char === ' ' && detector.isFast && field === null)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const onTerminator = (event: KeyboardEvent, field: Field | null) => {
    const burst = detector.isBurst;
    const rest = detector.terminate(event.timeStamp);
    const code = rest === null ? null : whole(rest);
    if (burst) {
      target.clearTimeout(timer);
      giveBack();
      event.preventDefault();
      event.stopPropagation();
      if (code !== null) emit(code, 'pistola');
      return;
    }
    hit = null;
    if (event.key !== 'Enter' || field === null || !isCodeField(field) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const accepted = acceptManual(field.value, now().getTime());
    if (accepted === null) return;
    if ('rejection' in accepted) {
      handlers.onReject(accepted.rejection);
      return;
    }
    setFieldValue(field, '');
    handlers.onScan(accepted.event);
  };

  const onBeforeInput = (event: InputEvent) => {
    if (!unnamedKey || event.inputType !== 'insertText' || !event.data) return;
    const field = asField(event.target);
    let swallow = false;
    for (const char of event.data) swallow = feed(char, event.timeStamp, field);
    if (swallow && event.cancelable) event.preventDefault();
  };

  target.addEventListener('keydown', onKeyDown, true);
  target.addEventListener('beforeinput', onBeforeInput as EventListener, true);
  return () => {
    target.clearTimeout(timer);
    target.removeEventListener('keydown', onKeyDown, true);
    target.removeEventListener('beforeinput', onBeforeInput as EventListener, true);
  };
}

/** The character a key stands for, GS included (guns press Ctrl+] or F8 for it); null for keys that edit or command. */
function charOf(event: KeyboardEvent): string | null {
  if (
    event.key === GS ||
    event.key === 'F8' ||
    (event.ctrlKey && (event.key === ']' || event.code === 'BracketRight'))
  )
    return GS;
  const plain = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey);
  return plain && [...event.key].length === 1 ? event.key : null;
}

function asField(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
    ? target
    : null;
}

function isCodeField(field: Field): boolean {
  return field.dataset.escaner === 'codigo';
}

/** Writes a value so that React's controlled inputs hear of it: past React's own setter, then an `input` event. */
function setFieldValue(field: Field, value: string): void {
  if (field.value === value) return;
  const prototype =
    field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
