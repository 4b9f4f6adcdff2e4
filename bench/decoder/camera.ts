/**
 * Page side of the camera bench: the app's session, loop, worker and acceptance on the fake camera, with the
 * instants at which labels come into view.
 */
import { Acceptance } from '#client/scanner/acceptance.ts';
import { CameraSession } from '#client/scanner/camera-session.ts';
import { FrameDecoder } from '#client/scanner/frame-decoder.ts';
import { ScanLoop } from '#client/scanner/scan-loop.ts';

export interface CameraMeasures {
  /** Instants are ms since navigation. */
  accepted: { codigo: string; at: number }[];
  /** A label appeared (paper-white at the quiet zone's place). */
  appeared: number[];
  mainThreadMs: number[];
  decodeMs: number[];
  /** Delay of a timer that should fire every 4 ms: what else would have waited. */
  lagMs: number[];
  frames: number;
}

const measures: CameraMeasures = {
  accepted: [],
  appeared: [],
  mainThreadMs: [],
  decodeMs: [],
  lagMs: [],
  frames: 0,
};
Object.assign(window, { measures });

const video = document.querySelector('video')!;
const session = new CameraSession();
const decoder = new FrameDecoder();
const loop = new ScanLoop(video, decoder, new Acceptance(), {
  onAccept: ({ codigo }) => measures.accepted.push({ codigo, at: performance.now() }),
  onFrame: ({ decodeMs, mainThreadMs }) => {
    measures.frames += 1;
    measures.decodeMs.push(decodeMs);
    measures.mainThreadMs.push(mainThreadMs);
  },
});

session.subscribe(() => {
  const { stream } = session.getSnapshot();
  if (!stream || video.srcObject === stream) return;
  video.srcObject = stream;
  void video.play();
});
video.addEventListener('playing', () => loop.start());
void session.start();

if (new URLSearchParams(location.search).has('appearances')) watchAppearances();
else watchLag();

/** Samples the paper above the bars in each frame. Costs main-thread time, so lag isn't measured in the same run. */
function watchAppearances(): void {
  const canvas = new OffscreenCanvas(4, 4);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let white = false;
  const sample = (now: number) => {
    video.requestVideoFrameCallback(sample);
    const { videoWidth: width, videoHeight: height } = video;
    context.drawImage(video, width / 2 - 2, height * 0.3, 4, 4, 0, 0, 4, 4);
    const { data } = context.getImageData(0, 0, 4, 4);
    const mean = data.reduce((sum, value, index) => (index % 4 === 0 ? sum + value : sum), 0) / 16;
    if (mean > 180 && !white) measures.appeared.push(now);
    white = mean > 180;
  };
  video.requestVideoFrameCallback(sample);
}

function watchLag(): void {
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    measures.lagMs.push(Math.max(0, now - last - 4));
    last = now;
  }, 4);
}
