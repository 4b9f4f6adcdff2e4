/**
 * What a scan sounds and feels like. Synthesised, so there is nothing to download and nothing to fail offline.
 * The three differ in pitch, length and rhythm, so that they are told apart in noise and by people who hear
 * only part of the range: one short high note; two rising middle notes; one long low rasp.
 */
export type ScanSignal = 'exito' | 'desconocido' | 'error';

interface Note {
  hz: number;
  /** Offset from the start, s. */
  at: number;
  /** Duration, s. */
  seconds: number;
  wave: OscillatorType;
  /** Peak gain, 0–1. */
  gain: number;
}

const SOUNDS: Record<ScanSignal, readonly Note[]> = {
  exito: [{ hz: 1760, at: 0, seconds: 0.09, wave: 'sine', gain: 0.5 }],
  desconocido: [
    { hz: 587, at: 0, seconds: 0.12, wave: 'triangle', gain: 0.55 },
    { hz: 880, at: 0.17, seconds: 0.16, wave: 'triangle', gain: 0.55 },
  ],
  error: [{ hz: 165, at: 0, seconds: 0.5, wave: 'sawtooth', gain: 0.4 }],
};

/** Milliseconds on, off, on…; `navigator.vibrate` does nothing where the device has no motor. */
const VIBRATIONS: Record<ScanSignal, number[]> = {
  exito: [60],
  desconocido: [80, 90, 80],
  error: [400],
};

/** A sound later than this after its scan would be taken for the next one's, ms. */
const LATEST_MS = 250;

let context: AudioContext | null = null;

/**
 * Browsers keep audio silent until the person touches the page: this arms the first touch, key or click to
 * start it. Call at mount of the counting route; returns the function that disarms.
 */
export function unlockSounds(): () => void {
  const gestures = ['pointerdown', 'keydown', 'touchend'] as const;
  const unlock = () => {
    const audio = audioContext();
    if (!audio) return;
    void audio.resume().then(disarm, () => undefined);
  };
  const disarm = () => {
    for (const gesture of gestures) window.removeEventListener(gesture, unlock, true);
  };
  for (const gesture of gestures) window.addEventListener(gesture, unlock, true);
  return disarm;
}

/** Plays the sound and the vibration of a scan. Never throws; silent when audio is still locked or absent. */
export function signalScan(signal: ScanSignal): void {
  if (typeof navigator.vibrate === 'function') navigator.vibrate(VIBRATIONS[signal]);
  const audio = audioContext();
  if (!audio) return;
  if (audio.state === 'running') {
    for (const note of SOUNDS[signal]) play(audio, note);
    return;
  }
  // Still locked, or suspended by a call or the background: wake it, but never play a sound that comes too late.
  const asked = performance.now();
  audio.resume().then(
    () => {
      if (performance.now() - asked > LATEST_MS) return;
      for (const note of SOUNDS[signal]) play(audio, note);
    },
    () => undefined,
  );
}

function audioContext(): AudioContext | null {
  if (context) return context;
  if (typeof AudioContext === 'undefined') return null;
  try {
    context = new AudioContext({ latencyHint: 'interactive' });
  } catch {
    // No audio hardware, or too many contexts: scanning goes on in silence.
    return null;
  }
  return context;
}

/** Ramps of 4 ms at both ends avoid the click of a cut wave. */
function play(audio: AudioContext, note: Note): void {
  const start = audio.currentTime + note.at;
  const end = start + note.seconds;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = note.wave;
  oscillator.frequency.value = note.hz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(note.gain, start + 0.004);
  gain.gain.setValueAtTime(note.gain, end - 0.004);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
